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
const at = () => s.evaluate(() => document.activeElement.closest(".item")?.id);
const field = () => s.evaluate(() => document.activeElement.closest(".item-row")?.dataset.field);
// An act is sent in the background: pressed, answered, its parts put in place.
const answered = async (...keys) => {
  await s.evaluate(() => (document.querySelector(".verify-foot").firstElementChild.dataset.old = "1"));
  for (const k of keys) await s.keyboard.press(k);
  await s.waitForFunction(() => !document.querySelector(".verify-foot [data-old]"), null, { timeout: 8000 });
};
const follows = (key) => Promise.all([s.waitForNavigation({ timeout: 8000 }), s.keyboard.press(key)]);
const ordered = async () => (await json(s, server, `${where}.json`)).rows.map((r) => r.no);

await tally.test("the page opens on the first row that wants a look", async () => {
  await s.goto(server.base + where);
  assert.ok(await at(), "focus is in no row");
  assert.ok(await s.evaluate(() => document.activeElement.closest("[data-look]")), "another row has the focus");
});
await tally.test("the head of a paper that is unsure comes first: E corrects its number, Ctrl+Z takes it back, Enter accepts", async () => {
  const heads = async () => (await json(s, server, `${where}.json`)).heads;
  assert.equal(await at(), "h2");
  assert.equal(await field(), "number");
  await s.keyboard.press("e");
  assert.equal(await s.evaluate(() => document.activeElement.name), "number");
  await s.keyboard.press("Control+a");
  await s.keyboard.type("2194/SKHĐT-ĐKKD");
  await answered("Control+Enter");
  assert.equal((await heads())[1].number, "2194/SKHĐT-ĐKKD");
  assert.equal((await heads())[1].state, "edited");
  await answered("Control+z");
  assert.equal(await at(), "h2");
  assert.notEqual((await heads())[1].number, "2194/SKHĐT-ĐKKD");
  await answered("Enter");
  assert.equal((await heads())[1].state, "accepted");
  assert.match(await at(), /^t/);
});
await tally.test("going down lights the place in the paper", async () => {
  const lit = () => s.evaluate(() => [...document.querySelectorAll(".verify-source .here")].map((m) => m.textContent.trim()).join(" "));
  await s.waitForSelector(".verify-source .here"); // its part of the paper comes when it is reached
  const first = await lit();
  await s.keyboard.press("ArrowDown");
  const second = await lit();
  assert.ok(second.length > 0 && second !== first, `still «${first}»`);
  const seen = await s.evaluate(() => {
    const m = document.querySelector(".verify-source .here").getBoundingClientRect(), b = document.querySelector(".verify-source").getBoundingClientRect();
    return m.bottom > b.top && m.top < b.bottom;
  });
  assert.ok(seen, "the lit place is out of sight");
});
await tally.test("Space says why a field reads so", async () => {
  await s.keyboard.press("Space");
  assert.match(await s.innerText(".item-row[open] .why"), /Lấy từ cột «Cơ quan chủ trì thực hiện» của bảng\. Máy chắc \d+ phần trăm\./);
  await s.keyboard.press("Space");
});
await tally.test("Enter accepts, and the next row that wants a look has the focus; the paper is not loaded anew", async () => {
  const before = await at();
  await s.evaluate(() => (document.querySelector(".verify-source").dataset.same = "1"));
  await answered("Enter");
  assert.equal((await rows())["1"].state, "accepted");
  assert.ok((await at()) && (await at()) !== before, `focus stays on ${before}`);
  assert.ok(await s.evaluate(() => document.querySelector(".verify-source").dataset.same), "the page was loaded anew");
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
  assert.equal(await at(), third);
  await answered("Control+z");
  const r = (await rows())["2"];
  assert.equal(r.state, "unseen");
  assert.match(r.title, /^Kiểm toàn/);
});
const second = async () => (await rows())["2"].id;
await tally.test("M merges with the row below, the focus stays on what became of it, Ctrl+Z parts them", async () => {
  const id = await second();
  await answered("m");
  assert.equal((await ordered()).length, 20);
  assert.match((await rows())["2"].title, /KTTT Tăng cường/);
  assert.equal(await at(), `t${id}`);
  await answered("Control+z");
  assert.deepEqual((await ordered()).slice(0, 4), ["1", "2", "3", "4"]);
});
await tally.test("S and Enter split at the cursor, Shift+M joins again", async () => {
  await s.keyboard.press("s");
  await s.keyboard.press("Home");
  for (let i = 0; i < 10; i++) await s.keyboard.press("ArrowRight");
  await answered("Enter");
  assert.deepEqual((await ordered()).slice(0, 4), ["1", "2a", "2b", "3"]);
  assert.equal((await rows())["2a"].title, "Kiểm toàn");
  await s.keyboard.press("ArrowRight");
  await answered("Shift+M");
  assert.deepEqual((await ordered()).slice(0, 4), ["1", "2", "3", "4"]);
  await answered("Control+z");
  await answered("Control+z");
  assert.match((await rows())["2"].title, /^Kiểm toàn và nâng cao/);
});
await tally.test("Alt and an arrow move a row, the focus goes along", async () => {
  const before = await at();
  await answered("Alt+ArrowDown");
  assert.deepEqual((await ordered()).slice(0, 4), ["1", "3", "2", "4"]);
  assert.equal(await at(), before);
  await answered("Alt+ArrowUp");
  assert.deepEqual((await ordered()).slice(0, 4), ["1", "2", "3", "4"]);
});
await tally.test("A adds an empty row and goes into it; it is written and saved by keys", async () => {
  await answered("a");
  assert.equal(await s.evaluate(() => document.activeElement.name), "title");
  await s.keyboard.type("Việc bổ sung");
  await answered("Control+Enter");
  assert.equal((await json(s, server, `${where}.json`)).rows[2].title, "Việc bổ sung");
  await answered("Control+z");
  await answered("Control+z");
  assert.equal((await ordered()).length, 21);
});
await tally.test("V opens a box for rows out of a spreadsheet, they go in behind the row", async () => {
  await s.keyboard.press("n");
  const id = await at();
  await s.keyboard.press("v");
  assert.equal(await s.evaluate(() => document.activeElement.name), "text");
  await s.evaluate(() => (document.activeElement.value = "Việc dán một\tSở Tài chính\t\tQuý IV/2023\nViệc dán hai\tSở Nội vụ"));
  await answered("Control+Enter");
  const list = (await json(s, server, `${where}.json`)).rows, place = list.findIndex((r) => `t${r.id}` === id);
  assert.equal(list[place + 1].title, "Việc dán một");
  assert.equal(list[place + 2].lead, "Sở Nội vụ");
  assert.equal(await at(), `t${list[place + 1].id}`);
  await answered("Control+z");
  assert.equal((await ordered()).length, 21);
});
await tally.test("a refused act is told in the row, and what was typed stays", async () => {
  await s.keyboard.press("n");
  await s.keyboard.press("e");
  await s.evaluate(() => (document.activeElement.closest(".edit").querySelector("[name=title]").value = "  "));
  await s.keyboard.press("Control+Enter");
  await s.waitForSelector(".refused");
  assert.match(await s.innerText(".refused"), /Cần ghi nội dung/);
  await s.keyboard.press("Escape");
});
await tally.test("the focus is never in a trap: Tab leaves each part of the page", async () => {
  await s.goto(server.base + where);
  await tabTo(s, "Giao 21 nhiệm vụ", 400);
});
await tally.test("twenty-one rows by Enter alone, then confirming by keys", async () => {
  await s.goto(server.base + where);
  for (let i = 0; i < 21 && Object.values(await rows()).some((r) => r.state === "unseen"); i++) await answered("Enter");
  assert.equal(Object.values(await rows()).filter((r) => r.state === "unseen").length, 0);
  await s.evaluate(() => document.activeElement.blur());
  await s.focus(".verify-foot a.btn-main");
  await follows("Enter");
  await tabTo(s, "Giao 21 nhiệm vụ");
  await follows("Enter");
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
