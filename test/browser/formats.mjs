// The way from a file to a plan, in each form papers come in: once by mouse, once by keyboard alone. And what a first visit
// to a draft weighs, however long its paper is. SHOTS=folder keeps pictures of what is seen; ONLY=regex runs some.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { json, launch, serve, signIn, Tally, top } from "./lib_served.mjs";

const only = new RegExp(process.env.ONLY || "."), shots = process.env.SHOTS;
const tally = new Tally(), server = await serve(), browser = await launch();
const state = await signIn(browser, server, "standing");
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "dondoc-formats-"));
process.on("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
const open = async (options = {}) => (await browser.newContext({ storageState: state, viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"], ...options })).newPage().then((page) => (page.setDefaultTimeout(15000), page));
const test = (name, run) => only.test(name) && tally.test(name, run);

// ---- the papers ---------------------------------------------------------------------------------------------------

// Two of each, so that the second is no repetition of the first.
function papers() {
  const text = fs.readFileSync(path.join(top, "test/fixtures/ke-hoach-2653.txt"), "utf8");
  for (const n of [1, 2]) {
    const from = path.join(dir, `${n}.txt`), to = path.join(dir, String(n));
    fs.writeFileSync(from, text.replaceAll("Họp định kỳ Ban Chỉ đạo", `${n === 1 ? "Họp chuyên đề" : "Họp thường kỳ"} Ban Chỉ đạo`));
    execFileSync("/usr/bin/python3", [path.join(top, "test/make_docs.py"), from, to], { stdio: "ignore" });
    fs.copyFileSync(from, path.join(to, "a.txt"));
  }
  execFileSync("/usr/bin/python3", [path.join(top, "test/make_docs.py"), path.join(dir, "1.txt"), path.join(dir, "long"), "--times", "11"], { stdio: "ignore" });
}

const rows = [["Rà soát hợp tác xã yếu kém trên địa bàn tỉnh", "Sở Tài chính", "Sở Nội vụ", "Quý IV/2023"], ["Đào tạo cán bộ quản lý hợp tác xã", "Sở Nội vụ", "Sở Tài chính", "31/10/2023"], ["Tuyên truyền về kinh tế tập thể", "Sở Thông tin và Truyền thông", "Sở Nội vụ", "Năm 2023"], ["Báo cáo kết quả thực hiện Kế hoạch", "Sở Công Thương", "Sở Tài chính", "15/12/2023"]];
// A page as a scanner gives it: a picture, nothing else; and the same printed to PDF, with its text.
async function printed(n) {
  const page = await (await browser.newContext({ viewport: { width: 827, height: 1169 }, deviceScaleFactor: 2 })).newPage();
  const cells = rows.map((r, i) => `<tr><td>${i + 1}</td>${r.map((c) => `<td>${c}</td>`).join("")}</tr>`).join("");
  await page.setContent(`<html lang="vi"><body style="margin:70px;font:19px/1.5 'Liberation Serif',serif;background:#fff">
<div style="display:flex;justify-content:space-between;text-align:center"><div>UBND TỈNH TÂY NINH<br><b>BAN CHỈ ĐẠO</b><br>Số: ${30 + n}/KH-BCĐ</div><div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>Độc lập - Tự do - Hạnh phúc<br><i>Tây Ninh, ngày 12 tháng 9 năm 2023</i></div></div>
<h3 style="text-align:center;margin:40px 0">KẾ HOẠCH<br>Phát triển hợp tác xã năm 2023</h3>
<style>th, td { border: 1px solid #000; padding: 7px }</style><table style="border-collapse:collapse;width:100%"><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời gian</th></tr>${cells}</table></body></html>`);
  await page.screenshot({ path: path.join(dir, String(n), "a.png") });
  await page.pdf({ path: path.join(dir, String(n), "a.pdf"), format: "A4", scale: 0.9 });
  await page.context().close();
}

// ---- acts by mouse and by keyboard --------------------------------------------------------------------------------

async function shot(page, name) {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

// An act is sent in the background: done, answered, its parts put in place.
async function answered(page, act) {
  await page.evaluate(() => (document.querySelector(".verify-foot").firstElementChild.dataset.old = "1"));
  await act();
  await page.waitForFunction(() => !document.querySelector(".verify-foot [data-old]"), null, { timeout: 15000 });
}
async function tabTo(page, selector, max = 120) {
  for (let i = 0; i < max; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  throw new Error(`${selector} is not reached by Tab`);
}
const field = (page) => page.evaluate(() => document.activeElement.closest(".item-row")?.dataset.field);
// Down to a row of the draft, by arrows alone.
async function walkTo(page, id, max = 400) {
  for (let i = 0; i < max; i++) {
    const way = await page.evaluate((d) => {
      const all = [...document.querySelectorAll(".item:is([id^=t], [id^=h])")].map((e) => e.id);
      return all.indexOf(d) - all.indexOf(document.activeElement.closest(".item")?.id);
    }, id);
    if (way === 0) return;
    await page.keyboard.press(way > 0 ? "ArrowRight" : "ArrowLeft");
  }
  throw new Error(`${id} is not reached by arrows`);
}

const mouse = {
  upload: async (page, file) => {
    await page.setInputFiles("input[type=file]", file);
    await page.check("input[name=not_secret]");
    await page.click("main form[enctype] .btn-main");
  },
  act: (page, id, act) => answered(page, async () => {
    const button = page.locator(`#${id} [name=act][value=${act}]`);
    if (await page.locator(`#${id}`).evaluate((d) => d.matches("details:not([open])"))) await page.click(`#${id} > summary`);
    if (!(await button.isVisible())) await page.click(`#${id} .menu > summary`);
    await button.click();
  }),
  edit: (page, id, name, words) => answered(page, async () => {
    if (await page.locator(`#${id}`).evaluate((d) => d.matches("details:not([open])"))) await page.click(`#${id} > summary`);
    if (!(await page.isVisible(`#${id}-${name}`))) await page.click(`#${id} [data-act=edit] > summary`);
    await page.fill(`#${id}-${name}`, words);
    await page.click(`#${id} [data-act=edit] .btn-main`);
  }),
  split: (page, id, at) => answered(page, async () => {
    await page.click(`#${id} [data-act=split] > summary`);
    await page.locator(`#${id}-words`).evaluate((box, n) => (box.focus(), box.setSelectionRange(n, n)), at);
    await page.click(`#${id} [data-act=split] .btn[value=split]`);
  }),
  undo: (page) => answered(page, () => page.click("form[data-act=undo] button")),
  // As Word gives it: a table in HTML, its cells full of paragraphs.
  paste: (page) => answered(page, async () => {
    await page.click("#paste > summary");
    await page.focus("#paste-text");
    await page.evaluate(() => {
      const cell = (s) => `<td width=120 style='border:solid windowtext 1.0pt'><p class=MsoNormal><span lang=VI>${s}<o:p></o:p></span></p></td>`;
      const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment--><table class=MsoTableGrid>${[["41", "Việc dán từ Word", "Sở Tài chính", "Sở Nội vụ", "Quý IV/2023"], ["42", "Việc thứ hai</p><p class=MsoNormal>viết hai đoạn", "Sở Nội vụ", "", "Năm 2023"]].map((r) => `<tr>${r.map(cell).join("")}</tr>`).join("")}</table><!--EndFragment--></body></html>`;
      const data = new DataTransfer();
      data.setData("text/html", html);
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.click("#paste .btn-main");
  }),
  confirm: async (page) => {
    await page.click(".verify-foot a.btn-main");
    await page.waitForURL(/\/confirm$/);
    await shot(page, "confirm");
    if (await page.locator("[name=accept_unseen]").count()) await page.check("[name=accept_unseen]");
    await page.click("main .btn-main");
  },
};

const keys = { accept: "Enter", drop: "x", merge_down: "m", move_down: "Alt+ArrowDown", reopen: "r" };
const keyboard = {
  upload: async (page, file) => {
    await tabTo(page, "input[type=file]");
    let chooser; // a browser that is still starting now and then shows none at the first key
    for (let i = 0; i < 3 && !chooser; i++) [chooser] = await Promise.all([page.waitForEvent("filechooser", { timeout: 5000 }).catch(() => null), page.keyboard.press("Space")]);
    await chooser.setFiles(file);
    await tabTo(page, "input[name=not_secret]");
    await page.keyboard.press("Space");
    await tabTo(page, "main form[enctype] .btn-main");
    await page.keyboard.press("Enter");
  },
  act: async (page, id, act) => {
    await walkTo(page, id);
    await answered(page, () => page.keyboard.press(keys[act]));
  },
  edit: async (page, id, name, words) => {
    await walkTo(page, id);
    if (!(await field(page))) await page.keyboard.press("Enter"); // a head that is sure is folded
    for (const way of ["ArrowDown", "ArrowUp"]) for (let i = 0; i < 6 && (await field(page)) !== name; i++) await page.keyboard.press(way);
    await page.keyboard.press("e");
    assert.equal(await page.evaluate(() => document.activeElement.name), name);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(words);
    await answered(page, () => page.keyboard.press("Control+Enter"));
  },
  split: async (page, id, at) => {
    await walkTo(page, id);
    await page.keyboard.press("s");
    await page.keyboard.press("Control+Home");
    for (let i = 0; i < at; i++) await page.keyboard.press("ArrowRight");
    await answered(page, () => page.keyboard.press("Enter"));
  },
  undo: (page) => answered(page, () => page.keyboard.press("Control+z")),
  paste: async (page) => {
    await page.evaluate(() => navigator.clipboard.writeText("41\tViệc dán từ bảng tính\tSở Tài chính\tSở Nội vụ\tQuý IV/2023\n42\t\"Việc thứ hai\nviết hai đoạn\"\tSở Nội vụ\t\tNăm 2023"));
    await page.keyboard.press("v");
    await page.keyboard.press("Control+v");
    await answered(page, () => page.keyboard.press("Control+Enter"));
  },
  confirm: async (page) => {
    await page.keyboard.press("Escape");
    await tabTo(page, ".verify-foot a.btn-main", 600);
    await Promise.all([page.waitForURL(/\/confirm$/), page.keyboard.press("Enter")]);
    if (await page.locator("[name=accept_unseen]").count()) {
      await tabTo(page, "[name=accept_unseen]");
      await page.keyboard.press("Space");
    }
    await tabTo(page, "main .btn-main");
    await page.keyboard.press("Enter");
  },
};

// ---- one paper from start to end ----------------------------------------------------------------------------------

async function whole(page, how, file, name) {
  await page.goto(`${server.base}/intake`);
  await how.upload(page, file);
  await page.waitForURL(/\/intake\/\d+/, { timeout: 60000 });
  const where = new URL(page.url()).pathname, get = () => json(page, server, `${where}.json`);
  const ids = async () => (await get()).rows.map((r) => `t${r.id}`);
  const start = await get(), n = start.rows.length;
  assert.ok(n >= 4, `${n} rows were read`);
  await page.waitForSelector(".item-row > summary:focus, .item > summary:focus");
  await shot(page, name);
  await how.edit(page, "h1", "number", "77/KH-BCĐ");
  assert.equal((await get()).heads[0].number, "77/KH-BCĐ");
  const [a, b, c] = await ids();
  await how.act(page, a, "accept");
  await how.edit(page, b, "lead", "Sở Tài chính");
  await how.act(page, c, "drop");
  let now = (await get()).rows;
  assert.deepEqual(now.slice(0, 3).map((r) => r.state), ["accepted", "edited", "dropped"]);
  assert.equal(now[1].lead, "Sở Tài chính");
  await how.undo(page);
  assert.equal((await get()).rows[2].state, "unseen");
  await how.act(page, c, "merge_down");
  assert.equal((await get()).rows.length, n - 1);
  await how.undo(page);
  assert.equal((await get()).rows.length, n);
  await how.split(page, c, 6);
  assert.equal((await get()).rows.length, n + 1);
  await how.undo(page);
  await how.act(page, c, "move_down");
  assert.equal((await ids())[3], c);
  await how.undo(page);
  assert.equal((await ids())[2], c);
  await how.paste(page);
  now = (await get()).rows;
  assert.equal(now.length, n + 2);
  const pasted = now.find((r) => r.no === "42");
  assert.ok(/Việc thứ hai\s+viết hai đoạn/.test(pasted.title), `pasted «${pasted.title}»`);
  assert.equal(pasted.lead, "Sở Nội vụ");
  await shot(page, `${name}-work`);
  await how.confirm(page);
  await page.waitForURL(/\/plans\/\d+/);
  const plan = await json(page, server, `${new URL(page.url()).pathname}.json`);
  assert.equal(plan.number, "77/KH-BCĐ");
  assert.equal(plan.tasks.length, n + 2);
}

papers();
for (const n of [1, 2]) await printed(n);
const forms = [["text", "a.txt"], ["DOCX", "b.docx"], ["DOC", "i.doc"], ["ODT", "d.odt"], ["XLSX", "e.xlsx"], ["edXML", "g.edxml"], ["PDF", "a.pdf"], ["scan", "a.png"]];
const ways = [["by mouse", mouse], ["by keyboard", keyboard]];
for (const [form, file] of forms)
  for (const [k, [words, how]] of ways.entries())
    await test(`${form} ${words}: from the file to the plan`, async () => {
      const page = await open();
      try {
        await whole(page, how, path.join(dir, String(k + 1), file), `${form}-${k + 1}`);
      } catch (e) {
        if (shots) await page.screenshot({ path: path.join(shots, `FAILED-${form}-${k + 1}.png`) });
        throw e;
      } finally {
        await page.context().close();
      }
    });

// ---- what a first visit weighs ------------------------------------------------------------------------------------

// A paper's bytes with some more words, so that it is no repetition.
async function weigh(file) {
  const page = await open();
  await page.goto(`${server.base}/intake`);
  await mouse.upload(page, file);
  await page.waitForURL(/\/intake\/\d+/, { timeout: 90000 });
  const where = page.url().split("?")[0];
  await page.context().close();
  const fresh = await open(), cdp = await fresh.context().newCDPSession(fresh), kind = {}, size = {};
  await cdp.send("Network.enable");
  cdp.on("Network.responseReceived", (e) => (kind[e.requestId] = e.type));
  cdp.on("Network.loadingFinished", (e) => (size[kind[e.requestId]] = (size[kind[e.requestId]] || 0) + e.encodedDataLength));
  await fresh.goto(where, { waitUntil: "networkidle" });
  await fresh.context().close();
  const all = (size.Document || 0) + (size.Stylesheet || 0) + (size.Script || 0);
  console.log(`${path.basename(path.dirname(file))}/${path.basename(file)}: page ${size.Document}, with CSS and JS ${all}; the parts beside, when reached: ${size.Fetch || 0}`);
  return all;
}
for (const [name, file] of [["text", "1/c.docx"], ["scan", "1/a.png"], ["115 pages", "long/a.docx"]])
  await test(`first visit to ${name}: at most 40 KB of HTML, CSS and JS`, async () => {
    let at = path.join(dir, file);
    if (/png$/.test(file)) fs.writeFileSync((at = at.replace("a.", "s.")), Buffer.concat([fs.readFileSync(path.join(dir, file)), Buffer.from("\n")]));
    const all = await weigh(at);
    assert.ok(all <= 40960, `${all} bytes`);
  });

tally.say(server.alive(), "the server lives", server.words().slice(-400));
await browser.close();
await server.end();
tally.end();
