// The program with the demonstration in it, on a frozen clock, and people signed in by its one-time links.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const roles = ["standing", "officer", "head", "auditor", "admin"]; // the order in which links are printed
const fixture = path.join(top, "test/fixtures/ke-hoach-2653.txt");

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });

const freePort = () =>
  new Promise((done) => {
    const s = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });

// { base, links } of a server that ends with end(); its data are gone with it.
export async function serve() {
  const program = process.argv[2] && !process.argv[2].startsWith("-") ? process.argv[2] : process.env.DONDOC;
  if (!program) throw new Error("which program? Give its path, or set DONDOC");
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "dondoc-browser-")), port = await freePort();
  const child = spawn(path.resolve(program), ["demo", "--port", String(port), "--data", data], {
    env: { ...process.env, DONDOC_NOW: "1696042800" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "", words = "";
  child.stderr.on("data", (d) => (words += d));
  const gone = new Promise((done) => child.on("exit", done));
  await new Promise((done, lost) => {
    child.stdout.on("data", (d) => {
      said += d;
      if (said.includes("phục vụ tại")) done();
    });
    gone.then((code) => lost(new Error(`the server did not start (${code}): ${words}`)));
  });
  const links = [...said.matchAll(/\/link\/([0-9a-f]{64})/g)].map((m) => m[1]);
  const end = async () => {
    child.kill("SIGTERM");
    await gone;
    fs.rmSync(data, { recursive: true, force: true });
  };
  process.on("exit", () => child.exitCode === null && child.kill("SIGKILL"));
  return { base: `http://127.0.0.1:${port}`, links, end, alive: () => child.exitCode === null, words: () => words };
}

// Cookies of a role, so that any number of windows belong to one session.
export async function signIn(browser, server, role) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.base}/link/${server.links[roles.indexOf(role)]}`);
  await page.click("main button");
  await page.waitForURL(`${server.base}/`);
  const state = await context.storageState();
  await context.close();
  return state;
}

export async function json(page, server, where) {
  const r = await page.request.get(server.base + where, { headers: { Accept: "application/json" } });
  if (!r.ok()) throw new Error(`${where}: ${r.status()}`);
  return r.json();
}

// A draft to be verified, uploaded as a person does: the plan with some bytes more. Its address.
export async function draft(page, server, words) {
  await page.goto(`${server.base}/intake`);
  await page.setInputFiles("input[type=file]", { name: `${words}.txt`, mimeType: "text/plain", buffer: Buffer.concat([fs.readFileSync(fixture), Buffer.from(`\n${words}\n`)]) });
  await page.check("input[name=not_secret]");
  await page.click("main form[enctype] button");
  await page.waitForURL(/\/intake\/\d+/);
  return new URL(page.url()).pathname;
}

// A table, pasted as a person does. Its address.
export async function table(page, server, text) {
  await page.goto(`${server.base}/sheets`);
  await page.fill("textarea[name=text]", text);
  await page.check("input[name=not_secret]");
  await page.click("main form[enctype] button");
  await page.waitForURL(/\/sheets\/\d+/);
  return new URL(page.url()).pathname;
}

// A paper of a few words. Its address.
export async function paper(page, server, text) {
  await page.goto(`${server.base}/intake`);
  await page.fill("textarea[name=text]", text);
  await page.check("input[name=not_secret]");
  await page.click("main form[enctype] button");
  await page.waitForURL(/\/intake\/\d+/);
  return new URL(page.url()).pathname;
}

export class Tally {
  passed = 0;
  failed = 0;
  say(good, name, words = "") {
    if (good) this.passed++;
    else {
      this.failed++;
      console.log(`FAILED ${name}${words ? `: ${words}` : ""}`);
    }
  }
  async test(name, run) {
    try {
      await run();
      this.passed++;
    } catch (e) {
      this.failed++;
      console.log(`FAILED ${name}: ${String(e.message).split("\n").slice(0, 6).join(" ")}`);
    }
  }
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed || !this.passed ? 1 : 0;
  }
}
