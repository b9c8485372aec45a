// Looks at the widget gallery: axe, clipped text, sideways scrolling and the content policy, by width, light and dark.
//   DONDOC=build/dondoc node test/browser/gallery.mjs [DIR [PAGE...]]    with DIR: pictures and prints in DIR/shots
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { gallery, launch, serve } from "./lib_gallery.mjs";

const require = createRequire(import.meta.url);
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.argv.length > 2;
const dir = gallery(process.argv[2]);
const names = process.argv.slice(3);
const pages = fs.readdirSync(dir).filter((f) => f.endsWith(".html")).map((f) => f.slice(0, -5)).filter((n) => names.length === 0 || names.includes(n));
const server = await serve(dir);
const base = server.base;
const browser = await launch();
if (pictures) fs.mkdirSync(path.join(dir, "shots"), { recursive: true });
let passed = 0, failed = 0, faults = 0;
const fault = (where, what) => {
  faults++;
  console.log(`${where}: ${what}`);
};

// Text cut off by its box, and a page wider than its window.
const clipped = () => {
  const out = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) out.push(`page is ${document.documentElement.scrollWidth} px wide`);
  for (const el of document.querySelectorAll("h1,h2,h3,.badge,.btn,.chip,a,label,summary")) {
    const style = getComputedStyle(el);
    if (style.display === "inline" || style.clipPath !== "none" || el.closest(".hide") || el.offsetParent === null) continue;
    if (el.scrollHeight > el.clientHeight + 2 && style.overflowY !== "visible") out.push(`clipped: ${el.textContent.trim().slice(0, 40)}`);
    if (parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.4 && el.textContent.trim().length > 2) out.push(`line height below 1.4: ${el.textContent.trim().slice(0, 40)}`);
  }
  return out;
};

const views = [["light", 1280], ["light", 900], ["light", 320], ["dark", 1280]];
for (const [scheme, width] of views) {
  const context = await browser.newContext({ viewport: { width, height: width < 600 ? 720 : 800 }, colorScheme: scheme, bypassCSP: false, locale: "vi-VN" });
  for (const name of pages) {
    const page = await context.newPage();
    const where = `${name} ${scheme} ${width}`;
    faults = 0;
    page.on("console", (m) => m.type() === "error" && !m.text().includes("404") && fault(where, m.text()));
    page.on("pageerror", (e) => fault(where, String(e)));
    await page.goto(`${base}/${name}.html`);
    await page.evaluate(() => document.fonts.ready);
    if (pictures) await page.screenshot({ path: path.join(dir, "shots", `${name}-${scheme}-${width}.png`), fullPage: true });
    for (const what of await page.evaluate(clipped)) fault(where, what);
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const v of found.violations) fault(where, `${v.id}: ${v.nodes.map((n) => n.target.join(" ") + " " + n.failureSummary.split("\n")[1]).slice(0, 3).join("; ")}`);
    if (pictures && scheme === "light" && width === 1280) {
      await page.emulateMedia({ media: "print" });
      fs.writeFileSync(path.join(dir, "shots", `${name}.pdf`), await page.pdf({ preferCSSPageSize: true, printBackground: false }));
    }
    await page.close();
    if (faults === 0) passed++;
    else failed++;
  }
  await context.close();
}
await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
