// The widget gallery on loopback under the content policy of the program, and the distribution's Chromium.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// Writes the gallery by the gallery_test that was built beside $DONDOC; into dir, or into a folder that ends with us.
export function gallery(dir) {
  const program = path.join(path.dirname(fs.realpathSync(process.env.DONDOC)), "../web/gallery/gallery_test");
  if (!dir) {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "dondoc-gallery-"));
    process.on("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
  }
  fs.mkdirSync(dir, { recursive: true });
  execFileSync(program, [dir]);
  return path.resolve(dir);
}

// posts collects the addresses that were sent a form, each answered 204, so that the page stays; sent(n) waits for n.
export async function serve(dir) {
  const posts = [], waiting = [];
  const server = http.createServer((req, res) => {
    const file = path.join(dir, path.normalize(new URL(req.url, "http://x").pathname));
    if (req.method === "POST") {
      posts.push(req.url);
      res.writeHead(204).end();
      for (const tell of waiting) tell();
    } else if (!file.startsWith(dir + path.sep) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
      res.writeHead(404).end();
    } else {
      res.writeHead(200, { "Content-Type": types[path.extname(file)] || "application/octet-stream", "Content-Security-Policy": policy });
      res.end(fs.readFileSync(file));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const sent = (n) =>
    new Promise((done, lost) => {
      const tell = () => posts.length >= n && done([...posts]);
      waiting.push(tell);
      setTimeout(() => lost(new Error(`${posts.length} of ${n} forms were sent`)), 10000).unref();
      tell();
    });
  return { base: `http://127.0.0.1:${server.address().port}`, posts, sent, close: () => server.close() };
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
