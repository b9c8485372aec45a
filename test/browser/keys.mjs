// The keys of the pages, pressed in a browser on the gallery: search, menus, drawer, sending once, verification.
import assert from "node:assert/strict";
import { gallery, launch, serve } from "./lib_gallery.mjs";

const server = await serve(gallery());
const browser = await launch();
let passed = 0, failed = 0;

async function test(name, file, run, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  server.posts.length = 0;
  try {
    await page.goto(`${server.base}/${file}.html`);
    await run(page);
    passed++;
  } catch (e) {
    failed++;
    console.log(`FAILED ${name}: ${e.message.split("\n").slice(0, 4).join(" ")}`);
  }
  await context.close();
}
const focused = (page, what) => page.evaluate((w) => (w === "label" ? document.activeElement.getAttribute("aria-label") : document.activeElement.name || document.activeElement.id), what);
await test("slash goes to the search", "board", async (page) => {
  await page.keyboard.press("/");
  assert.equal(await focused(page), "q");
  await page.keyboard.type("a/b");
  assert.equal(await page.inputValue("[data-search]"), "a/b");
});
await test("first Tab is the skip link", "board", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "main");
});
await test("a menu opens by key and closes by Escape, focus on its button", "board", async (page) => {
  await page.focus(".as-of > summary");
  await page.keyboard.press("Enter");
  assert.equal(await page.isVisible("#as-of"), true);
  await page.focus("#as-of");
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible("#as-of"), false);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
});
await test("a click outside closes a menu", "board", async (page) => {
  await page.click(".person > summary");
  assert.equal(await page.isVisible(".who"), true);
  await page.click("h1");
  assert.equal(await page.isVisible(".who"), false);
});
for (const js of [true, false])
  await test(`drawer opens and closes ${js ? "by Escape" : "without JavaScript"}`, "board", async (page) => {
    assert.equal(await page.isVisible("#menu"), false);
    await page.click(".burger");
    assert.equal(await page.isVisible("#menu a[aria-current]"), true);
    if (js) await page.keyboard.press("Escape");
    else await page.click(".nav .close");
    assert.equal(await page.isVisible("#menu"), false);
  }, { viewport: { width: 360, height: 700 }, javaScriptEnabled: js });
await test("a form is sent once", "confirm", async (page) => {
  await page.fill("#f-reason", "x");
  await page.evaluate(() => {
    const b = document.querySelector("main button");
    b.click();
    b.click();
  });
  assert.equal((await server.sent(1)).length, 1);
  await page.evaluate(() => fetch("/confirm.html").then((r) => r.text())); // a second form would have come before it
  assert.equal(server.posts.length, 1);
});
await test("focus begins at the list of faults", "form", async (page) => {
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert");
});
const field = (page) => page.evaluate(() => document.activeElement.closest(".item-row")?.dataset.field);
const item = (page) => page.evaluate(() => document.activeElement.closest(".item")?.id);
const lit = (page) => page.$$eval(".here", (v) => v.map((m) => m.id));
const acts = async (n) => (await server.sent(n)).length && server.posts.map((p) => p);
await test("verification begins at the first item that wants a look, its words lit", "verify", async (page) => {
  assert.equal(await field(page), "title");
  assert.deepEqual(await lit(page), ["c20"]);
});
await test("arrows walk the rows and the light follows", "verify", async (page) => {
  await page.keyboard.press("ArrowDown");
  assert.equal(await field(page), "lead");
  assert.deepEqual(await lit(page), ["c30"]);
  await page.keyboard.press("ArrowUp");
  assert.equal(await field(page), "title");
  await page.keyboard.press("ArrowUp");
  assert.equal(await item(page), "t2");
});
await test("left and right go from item to item", "verify", async (page) => {
  await page.keyboard.press("ArrowRight");
  assert.equal(await item(page), "t7");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await item(page), "t5");
});
await test("Space opens the reason of a field", "verify", async (page) => {
  assert.equal(await page.isVisible("#t5 [data-field=title] .why"), false);
  await page.keyboard.press("Space");
  assert.equal(await page.isVisible("#t5 [data-field=title] .why"), true);
});
for (const [key, name] of [["Enter", "accepts"], ["x", "says it is not a task"], ["m", "merges with the row below"], ["Shift+M", "merges with the row above"], ["Alt+ArrowDown", "moves the row down"], ["a", "adds a row"]])
  await test(`${key} ${name}`, "verify", async (page) => {
    await page.keyboard.press(key);
    assert.deepEqual(await acts(1), ["/intake/1/rows/5"]);
  });
await test("N goes to the next that waits", "verify", async (page) => {
  await page.keyboard.press("n");
  assert.equal(await item(page), "t7");
});
await test("E opens the edit at the field of the row, Escape leaves it and forgets what was typed", "verify", async (page) => {
  await page.keyboard.press("e");
  assert.equal(await focused(page), "title");
  await page.keyboard.type("xe");
  assert.equal(server.posts.length, 0);
  await page.keyboard.press("Escape");
  assert.equal(await field(page), "title");
  assert.equal(await page.inputValue("#x5"), "Bố trí ngân sách");
});
await test("S puts the caret where a second task may begin, Enter splits there", "verify", async (page) => {
  await page.keyboard.press("s");
  assert.equal(await focused(page), "words");
  assert.equal(await page.evaluate(() => document.activeElement.selectionStart), "Bố trí ngân sách; ".length);
  await page.keyboard.press("Enter");
  assert.deepEqual(await acts(1), ["/intake/1/rows/5"]);
});
await test("V opens the box for pasted rows behind this row, Escape closes it", "verify", async (page) => {
  await page.keyboard.press("v");
  assert.equal(await focused(page), "text");
  assert.equal(await page.inputValue("#paste-after"), "5");
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible("#paste-text"), false);
});
await test("a table of Word that is pasted comes as lines with tabs", "verify", async (page) => {
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/html", "<table><tr><td>1</td><td><p>Rà soát</p><p>hợp tác xã</p></td><td>Sở A</td></tr></table>");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  });
  assert.equal(await page.inputValue("#paste-text"), '1\t"Rà soát\nhợp tác xã"\tSở A');
  assert.equal(await focused(page), "text");
});
await test("? opens the keys, Escape closes them", "verify", async (page) => {
  await page.keyboard.press("?");
  assert.equal(await page.isVisible("#keys li"), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible("#keys li"), false);
});
await test("Enter on a button is the button's", "verify", async (page) => {
  await page.focus("[value=drop]");
  await page.keyboard.press("Enter");
  assert.equal((await server.sent(1)).length, 1);
});
await test("a press on the paper goes to its row", "verify", async (page) => {
  await page.click("#c40");
  assert.equal(await field(page), "deadline_text");
});
await test("verification without JavaScript: links and buttons", "verify", async (page) => {
  await page.click("#t5 [data-field=deadline_text] summary");
  await page.click('#t5 a[href="#c40"]');
  assert.ok(page.url().endsWith("#c40"));
  await page.click("#t5 [value=accept]");
  assert.equal((await server.sent(1)).length, 1);
}, { javaScriptEnabled: false });

await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
