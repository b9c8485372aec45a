// Work done with the keyboard alone: a draft verified row by row, one update told. No mouse, no script of ours.
import assert from "node:assert/strict";
import { draft, json, launch, serve, signIn, Tally } from "./lib_served.mjs";

const tally = new Tally(), server = await serve(), browser = await launch();
const window = async (role) => (await browser.newContext({ storageState: await signIn(browser, server, role), viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" })).newPage();

// Presses Tab until the focused element's words begin with these; the way a person without a mouse gets there.
async function tabTo(page, words, max = 80) {
  for (let i = 0; i < max; i++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e);
      return { words: (e.labels?.[0]?.innerText || e.innerText || e.getAttribute("aria-label") || e.name || "").trim(), seen: box.width > 0 && box.height > 0, ring: s.outlineStyle !== "none" || s.boxShadow !== "none", tag: e.tagName + "." + e.className };
    });
    if (here.tag.startsWith("BODY")) continue;
    assert.ok(here.ring, `no sign of focus on ${here.tag} «${here.words.slice(0, 40)}»`);
    if (here.words.startsWith(words)) return here;
  }
  throw new Error(`«${words}» is not reached by Tab`);
}

// ---- verification -------------------------------------------------------------------------------------------------

const s = await window("standing");
const where = await draft(s, server, "ban-phim");
const rows = async () => Object.fromEntries((await json(s, server, `${where}.json`)).rows.map((r) => [r.no, r]));
const answered = (key, ways) => Promise.all([s.waitForNavigation({ timeout: 8000 }), (async () => { for (const k of [key].flat()) await s.keyboard.press(k, ways); })()]);
const at = () => s.evaluate(() => document.activeElement.closest(".item")?.id);

await tally.test("the page opens on the first row that waits", async () => {
  await s.goto(server.base + where);
  assert.ok(await at(), "focus is in no row");
});
await tally.test("going down lights the place in the paper", async () => {
  const lit = () => s.evaluate(() => [...document.querySelectorAll(".verify-source .here")].map((m) => m.textContent.trim()).join(" "));
  const first = await lit();
  assert.ok(first.length > 0, "nothing is lit");
  await s.keyboard.press("ArrowDown");
  const second = await lit();
  assert.ok(second.length > 0 && second !== first, `still «${first}»`);
  const shown = await s.evaluate(() => {
    const m = document.querySelector(".verify-source .here").getBoundingClientRect(), b = document.querySelector(".verify-source").getBoundingClientRect();
    return m.bottom > b.top && m.top < b.bottom;
  });
  assert.ok(shown, "the lit place is out of sight");
});
await tally.test("Enter accepts, and the next row has the focus", async () => {
  const before = await at();
  await answered("Enter");
  assert.equal((await rows())["1"].state, "accepted");
  assert.ok((await at()) && (await at()) !== before, `focus stays on ${before}`);
});
await tally.test("E edits the field under the focus, typing goes there, the form is sent by keys", async () => {
  await s.keyboard.press("e");
  assert.equal(await s.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  await s.keyboard.press("Control+a");
  await s.keyboard.type("Kiện toàn Ban Chỉ đạo");
  await tabTo(s, "Lưu dòng này", 12);
  await answered("Enter");
  const r = (await rows())["2"];
  assert.equal(r.state, "edited");
  assert.equal(r.title, "Kiện toàn Ban Chỉ đạo");
});
// The rows that want a look stand first, so the third in the page need not be the third of the paper.
const byId = async (item) => Object.values(await rows()).find((r) => `t${r.id}` === item);
let third;
await tally.test("letters typed in a field are letters, not commands", async () => {
  third = await at();
  await s.keyboard.press("e");
  await s.keyboard.type("xe x");
  assert.equal((await byId(third)).state, "unseen");
  await s.keyboard.press("Escape");
  assert.notEqual(await s.evaluate(() => document.activeElement.tagName), "TEXTAREA");
});
await tally.test("X says that the row is no task", async () => {
  await answered("x");
  assert.equal((await byId(third)).state, "dropped");
});
await tally.test("Ctrl+Z takes it back, and again the edit before", async () => {
  await answered("Control+z");
  assert.equal((await byId(third)).state, "unseen");
  await answered("Control+z");
  const r = (await rows())["2"];
  assert.equal(r.state, "unseen");
  assert.match(r.title, /^Kiểm toàn/);
});
await tally.test("twenty-one rows by Enter alone, then confirming by keys", async () => {
  await s.goto(server.base + where);
  for (let i = 0; i < 21 && Object.values(await rows()).some((r) => r.state === "unseen"); i++) await answered("Enter");
  assert.equal(Object.values(await rows()).filter((r) => r.state === "unseen").length, 0);
  await s.evaluate(() => document.activeElement.blur());
  await s.focus(".verify-foot a.btn-main");
  await answered("Enter");
  await tabTo(s, "Giao 21 nhiệm vụ");
  await answered("Enter");
  assert.match(s.url(), /\/plans\/\d+/);
});

// ---- one update ---------------------------------------------------------------------------------------------------

const o = await window("officer");
await tally.test("an update told from the home page, by Tab, letters and Enter", async () => {
  await o.goto(server.base + "/");
  await tabTo(o, "Xây dựng Kế hoạch tuyên truyền", 60);
  await Promise.all([o.waitForNavigation(), o.keyboard.press("Enter")]);
  await tabTo(o, "Cập nhật tiến độ", 60);
  await Promise.all([o.waitForNavigation(), o.keyboard.press("Enter")]);
  await tabTo(o, "Tỷ lệ hoàn thành", 40);
  await o.keyboard.type("75");
  await tabTo(o, "Đã làm được gì", 4);
  await o.keyboard.type("Đã có đề cương chi tiết.");
  await tabTo(o, "Ghi nhận", 8);
  await Promise.all([o.waitForNavigation(), o.keyboard.press("Enter")]);
  assert.match(o.url(), /done=updated/);
  assert.match(await o.innerText("main"), /Đã có đề cương chi tiết\./);
});
await tally.test("a refused form puts the focus on the list of faults", async () => {
  const id = (await json(o, server, "/tasks.json")).tasks.find((t) => t.no === "13").id;
  await o.goto(`${server.base}/tasks/${id}/update`);
  await o.focus("[name=percent]");
  await o.keyboard.type("200");
  await Promise.all([o.waitForNavigation(), o.keyboard.press("Enter")]);
  assert.equal(await o.evaluate(() => document.activeElement.getAttribute("role")), "alert");
  await tabTo(o, "Tỷ lệ hoàn thành", 2);
  await o.keyboard.press("Enter");
  assert.equal(await o.evaluate(() => document.activeElement.name), "percent");
  assert.equal(await o.inputValue("[name=percent]"), "200");
});
await tally.test("two presses of the button are one update", async () => {
  const id = (await json(o, server, "/tasks.json")).tasks.find((t) => t.no === "18").id;
  const before = (await json(o, server, `/tasks/${id}.json`)).events.length;
  await o.goto(`${server.base}/tasks/${id}/update`);
  await o.fill("[name=note]", "Hai lần bấm.");
  await Promise.all([o.waitForNavigation(), o.dblclick("main form[enctype] .btn-main")]);
  await o.waitForLoadState();
  assert.equal((await json(o, server, `/tasks/${id}.json`)).events.length, before + 1);
});

tally.say(server.alive(), "the server lives", server.words().slice(-400));
await browser.close();
await server.end();
tally.end();
