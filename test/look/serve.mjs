// Serves a folder on loopback under the content policy of the program, and starts the distribution's Chromium.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// Gives { base, posts, close }: posts collects the addresses that were sent a form; each answers 204, so the page stays.
export async function serve(dir) {
  const posts = [];
  const server = http.createServer((req, res) => {
    const file = path.join(dir, path.normalize(new URL(req.url, "http://x").pathname));
    if (req.method === "POST") {
      posts.push(req.url);
      res.writeHead(204).end();
    } else if (!file.startsWith(dir + path.sep) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
      res.writeHead(404).end();
    } else {
      res.writeHead(200, { "Content-Type": types[path.extname(file)] || "application/octet-stream", "Content-Security-Policy": policy });
      res.end(fs.readFileSync(file));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}`, posts, close: () => server.close() };
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
