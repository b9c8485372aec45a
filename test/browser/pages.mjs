// Every page of the program in a browser: html-validate, axe, console, content policy, width, bytes, letters, and without JavaScript.
//   node test/browser/pages.mjs [PROGRAM]        SHOTS=1: every page as each role, with its picture, dark and printed too;
//                                                ONLY=REGEX: these pages. What fails has its picture in any case.
// Pictures go to build/shots/PAGE-ROLE-{1280,320,dark}.png and PAGE-ROLE.pdf.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { faults as htmlFaults } from "./lib_html.mjs";
import { draft, json, launch, paper, roles, serve, signIn, table, Tally, top } from "./lib_served.mjs";

const require = createRequire(import.meta.url);
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };
const contrast = { runOnly: { type: "rule", values: ["color-contrast"] }, resultTypes: ["violations"] }; // all that the dark changes
const pictures = Boolean(process.env.SHOTS), only = process.env.ONLY;
const shots = path.join(top, "build/shots");
fs.mkdirSync(shots, { recursive: true });

const tally = new Tally(), server = await serve(), browser = await launch();
const states = { nobody: undefined };
for (const role of roles) states[role] = await signIn(browser, server, role);

// name: [address, roles that may see it, status]; the first role is looked at closely, the others too with SHOTS.
async function addresses() {
  const context = await browser.newContext({ storageState: states.standing });
  const page = await context.newPage();
  const tasks = (await json(page, server, "/tasks.json")).tasks, id = (no) => tasks.find((t) => t.no === no).id;
  const doc = (await json(page, server, "/documents.json")).documents[0].id;
  const agency = (await json(page, server, "/agencies.json")).agencies.find((a) => a.lead_tasks > 5).id;
  const verify = await draft(page, server, "ban-thu-hai");
  const head = "BAN CHỈ ĐẠO\nSố: 99/KH-BCĐ\nTây Ninh, ngày 20 tháng 9 năm 2023\nKẾ HOẠCH\nSửa đổi, bổ sung Kế hoạch số 2653/KH-BCĐ\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n";
  const amending = await paper(page, server, `${head}13\tMở lớp học nghề cho thành viên hợp tác xã ở các huyện biên giới\tSở Nội vụ\tTháng 11/2023\n`);
  const alike = await paper(page, server, `${head}14\tMở chợ phiên nông sản ở xã\tSở Công Thương\tTháng 12/2023\n`);
  const bad = await table(page, server, "TT\tNhiệm vụ\tĐơn vị chủ trì\tPhối hợp\tThời hạn\tSản phẩm\nI\tHạ tầng số\t\t\t\t\n1\tRà soát mạng truyền số liệu chuyên dùng của tỉnh\tSở Thông tin và Truyền thông\tSở Tài chánh\tQuý IV/2023\tBáo cáo\n2\t\tSở Tài chính\t\t31/12/2023\t\n3\tBố trí kinh phí\tSở Tài chính\t\t32/13/2023\tQuyết định\n4\tĐào tạo cán bộ\t\t\tTháng 11/2023\t\n");
  const good = await table(page, server, "TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n1\tViệc một\tSở Nội vụ\tNăm 2024\n2\tViệc hai\tSở Tài chính\t31/12/2023\n");
  await context.close();
  return {
    sheets: ["/sheets", ["standing"]],
    sheet: [bad, ["standing"]],
    "sheet-good": [good, ["standing"]],
    amend: [`${amending}/amend`, ["standing"]],
    join: [`${alike}/join`, ["standing"]],
    "verify-amend": [amending, ["standing"]],
    "sign-in": ["/sign-in", ["nobody"]],
    link: [`/link/${"0".repeat(64)}`, ["nobody"], 404],
    home: ["/", ["standing", "officer", "head", "admin", "auditor"]],
    board: ["/board", ["head", "standing"]],
    "board-new-year": ["/board?as-of=2024-01-01", ["head"]],
    tasks: ["/tasks", ["standing", "officer", "head"]],
    "tasks-search": ["/tasks?q=don+doc&state=doing", ["head"]],
    "tasks-none": ["/tasks?q=xyzxyz", ["head"]],
    "task-late": [`/tasks/${id("13")}`, ["officer", "standing", "head"]],
    "task-awaiting": [`/tasks/${id("11")}`, ["standing"]],
    "task-done": [`/tasks/${id("16")}`, ["head"]],
    "task-two-leads": [`/tasks/${id("5")}`, ["standing", "head"]],
    "task-group": [`/tasks/${id("4")}`, ["head"]],
    update: [`/tasks/${id("13")}/update`, ["officer", "standing"]],
    "hand-in": [`/tasks/${id("13")}/hand-in`, ["officer"]],
    confirm: [`/tasks/${id("11")}/confirm`, ["standing"]],
    "confirm-list": ["/confirm", ["standing", "head"]],
    correct: [`/tasks/${id("13")}/correct`, ["standing"]],
    discontinue: [`/tasks/${id("13")}/discontinue`, ["standing"]],
    plan: ["/plans/1", ["head", "standing", "officer"]],
    add: ["/plans/1/add", ["standing"]],
    report: ["/plans/1/report", ["head", "standing"]],
    reports: ["/reports", ["head"]],
    documents: ["/documents", ["head", "standing"]],
    document: [`/documents/${doc}`, ["head"]],
    intake: ["/intake", ["standing"]],
    verify: [verify, ["standing"]],
    "verify-done": ["/intake/1", ["standing"]],
    "intake-confirm": [`${verify}/confirm`, ["standing"]],
    agencies: ["/agencies", ["head"]],
    agency: [`/agencies/${agency}`, ["head"]],
    members: ["/members", ["head"]],
    accounts: ["/accounts", ["admin"]],
    "account-new": ["/accounts/new", ["admin"]],
    audit: ["/audit", ["auditor", "admin"]],
    "audit-filtered": ["/audit?act=task.correct&from=1/9/2023", ["auditor"]],
    "not-found": ["/nothing", ["head", "nobody"], 404],
    denied: ["/accounts", ["officer"], 403],
  };
}

const watch = (page, faults) => {
  page.on("console", (m) => m.type() === "error" && !/status of 40[34]/.test(m.text()) && faults.push(m.text()));
  page.on("pageerror", (e) => faults.push(String(e)));
  page.on("requestfailed", (r) => faults.push(`${r.url()} ${r.failure()?.errorText}`));
  page.on("request", (r) => !r.url().startsWith(server.base) && !r.url().startsWith("data:") && faults.push(`asks another host: ${r.url()}`));
};

// Wider than its window, or text cut off by its box.
const overflow = () => {
  const out = [];
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll"));
    out.push(`${document.documentElement.scrollWidth} px wide: ${wide.slice(0, 3).map((e) => e.tagName + "." + e.className).join(" ")}`);
  }
  for (const e of document.querySelectorAll("h1,h2,h3,.badge,.btn,.chip,label,summary")) {
    const s = getComputedStyle(e);
    if (s.display === "inline" || s.clipPath !== "none" || e.closest(".hide") || e.offsetParent === null) continue;
    if (e.scrollHeight > e.clientHeight + 2 && s.overflowY !== "visible") out.push(`clipped: ${e.textContent.trim().slice(0, 40)}`);
  }
  return out;
};

async function axe(page, dark) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axeSource);
  const found = await page.evaluate((r) => window.axe.run(document, r), dark ? contrast : rules);
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")}${v.id === "color-contrast" ? " " + v.nodes[0].any[0]?.message : ""}`);
}

const shot = async (page, file) => {
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: path.join(shots, file), fullPage: true });
};

// What must hold of an open page at a width and in the light or the dark.
async function holds(page, where, name, width, dark, faults) {
  const before = tally.failed;
  tally.say(faults.length === 0, `${where}: console, content policy, other hosts`, faults.splice(0).slice(0, 3).join(" | "));
  const wide = await page.evaluate(overflow);
  tally.say(wide.length === 0, `${where}: width`, wide.slice(0, 3).join(" | "));
  if (name.startsWith("verify") && width === 1280) {
    const tall = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    tally.say(tall <= 0, `${where}: the halves scroll, the page does not`, `${tall} px of nothing below`);
  }
  const bad = await axe(page, dark);
  tally.say(bad.length === 0, `${where}: axe`, bad.join(" | "));
  if (pictures || tally.failed > before) await shot(page, `${name}-${dark ? "dark" : width}.png`);
}

async function look(context, name, role, [address, , status = 200], dark) {
  const page = await context.newPage(), faults = [], where = `${name} as ${role}`;
  watch(page, faults);
  try {
    const r = await page.goto(server.base + address, { waitUntil: "load" });
    tally.say(r.status() === status, `${where}: status`, `${r.status()}, want ${status}`);
    await page.evaluate(() => document.fonts.ready);
    await holds(page, `${where}, 1280`, `${name}-${role}`, 1280, false, faults);
    if (dark) {
      await page.emulateMedia({ colorScheme: "dark" });
      await holds(page, `${where}, dark`, `${name}-${role}`, 1280, true, faults);
      await page.emulateMedia({ colorScheme: "light" });
    }
    if (pictures) {
      await page.emulateMedia({ media: "print" });
      fs.writeFileSync(path.join(shots, `${name}-${role}.pdf`), await page.pdf({ format: "A4", preferCSSPageSize: true }));
      await page.emulateMedia({ media: "screen" });
    }
    await page.setViewportSize({ width: 320, height: 720 });
    await holds(page, `${where}, 320`, `${name}-${role}`, 320, false, faults);
  } catch (e) {
    tally.say(false, where, String(e.message).split("\n")[0]);
  }
  await page.close();
}

// Two at a time: a page is drawn and looked at in one process of the browser, and there are two cores.
async function views(pages) {
  const jobs = [];
  for (const role of ["nobody", ...roles]) {
    for (const [name, page] of Object.entries(pages)) {
      const at = page[1].indexOf(role);
      if (at < 0 || (at > 0 && !pictures && name !== "home") || (only && !name.match(only))) continue;
      jobs.push([role, name, page]);
    }
  }
  const worker = async () => {
    let context, of;
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const [role, name, page] = job;
      if (of !== role) {
        await context?.close();
        context = await browser.newContext({ storageState: states[role], viewport: { width: 1280, height: 800 }, locale: "vi-VN", reducedMotion: "reduce" });
        of = role;
      }
      await look(context, name, role, page, pictures || /^(board|task-late|verify|plan|update|report)$/.test(name));
    }
    await context?.close();
  };
  await Promise.all([worker(), worker()]);
}

// ---- without JavaScript: the same heading, the same ways on, and an act done ------------------------------------------

async function withoutScript(pages) {
  for (const role of ["nobody", ...roles]) {
    const context = await browser.newContext({ storageState: states[role], javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    for (const [name, [address, who, status = 200]] of Object.entries(pages)) {
      if (who[0] !== role) continue;
      await tally.test(`${name} as ${role} without JavaScript`, async () => {
        const r = await page.goto(server.base + address);
        if (r.status() !== status) throw new Error(`status ${r.status()}`);
        if (!(await page.locator("h1").first().isVisible())) throw new Error("no heading");
        const bad = await htmlFaults(await r.text());
        if (bad.length) throw new Error(`html-validate: ${bad.slice(0, 3).join(" | ")}`);
        if ((await page.locator("main [hidden], noscript").count()) > 0) throw new Error("something waits for JavaScript");
      });
    }
    await context.close();
  }
  const context = await browser.newContext({ storageState: states.officer, javaScriptEnabled: false });
  const page = await context.newPage();
  await tally.test("an update with a file, without JavaScript", async () => {
    await page.goto(server.base + pages.update[0]);
    await page.fill("[name=percent]", "65");
    await page.fill("[name=note]", "Đề cương đã được góp ý.");
    await page.setInputFiles("[name=file]", { name: "góp ý.txt", mimeType: "text/plain", buffer: Buffer.from("ý kiến") });
    await page.click("main form[enctype] .btn-main");
    await page.waitForURL(/done=updated/);
    if (!(await page.locator("main").innerText()).includes("Đề cương đã được góp ý.")) throw new Error("the update is not shown");
  });
  await tally.test("the menu, the day and the person's menu open without JavaScript", async () => {
    await page.setViewportSize({ width: 320, height: 720 });
    await page.goto(`${server.base}/tasks`);
    await page.click(".burger");
    if (!(await page.locator("nav.nav a").first().isVisible())) throw new Error("the list of places does not open");
    await page.goto(`${server.base}/tasks`);
    await page.click(".as-of > summary");
    await page.fill("#as-of", "2023-10-01");
    await page.click(".as-of .btn-main");
    await page.waitForURL(/as-of=2023-10-01/);
  });
  await context.close();
}

// ---- bytes of a first visit, and the letters of Vietnamese -------------------------------------------------------------

async function bytes(pages) {
  const rows = [];
  for (const [name, [address, who, status = 200]] of Object.entries(pages)) {
    if (status !== 200 || !/^(sign-in|home|board|tasks|task-late|plan|document|report|verify|accounts)$/.test(name)) continue;
    const context = await browser.newContext({ storageState: states[who[0]] });
    const page = await context.newPage(), cdp = await context.newCDPSession(page), kinds = {}, size = {};
    await cdp.send("Network.enable");
    cdp.on("Network.responseReceived", (e) => (kinds[e.requestId] = [e.type, e.response.headers]));
    cdp.on("Network.loadingFinished", (e) => {
      const [type] = kinds[e.requestId] || ["Other"];
      size[type] = (size[type] || 0) + e.encodedDataLength;
    });
    await page.goto(server.base + address, { waitUntil: "networkidle" });
    const fonts = size.Font || 0, rest = (size.Document || 0) + (size.Stylesheet || 0) + (size.Script || 0);
    rows.push([name, rest, fonts, size.Document]);
    const long = Object.values(kinds).filter(([t, h]) => ["Font", "Stylesheet", "Script"].includes(t) && !/max-age=31536000/.test(h["Cache-Control"] || h["cache-control"]));
    tally.say(long.length === 0, `${name}: fonts, style and scripts are kept for a year`, `${long.length} are not`);
    // A whole paper stands in a document's page, and nobody begins there.
    if (name !== "document") tally.say(rest <= 40960, `${name}: at most 40 KB of HTML, CSS and JS`, `${rest} bytes`);
    tally.say(fonts <= 133120, `${name}: at most 130 KB of fonts`, `${fonts} bytes`);
    await context.close();
  }
  rows.sort((a, b) => b[1] - a[1]);
  console.log("bytes of a first visit (all, of that HTML, fonts): " + rows.map((r) => `${r[0]} ${r[1]} (${r[3]}) ${r[2]}`).join(", "));
}

const letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz0123456789«»“”…–·%/";

async function fonts() {
  const context = await browser.newContext({ storageState: states.head });
  const page = await context.newPage(), cdp = await context.newCDPSession(page);
  await page.goto(server.base + "/board");
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  for (const [style, weight, family] of [["", 400, "Be Vietnam Pro"], ["", 500, "Be Vietnam Pro"], ["", 600, "Be Vietnam Pro"], ["paper", 400, "Tinos"], ["paper", 700, "Tinos"]]) {
    await tally.test(`all letters at ${weight} come from ${family}`, async () => {
      await page.evaluate(([t, c, w]) => {
        const p = document.createElement("p");
        p.id = `letters-${w}-${c}`;
        p.className = c;
        p.style.fontWeight = w;
        p.textContent = t + t.toUpperCase();
        document.querySelector("main").append(p);
        return document.fonts.ready;
      }, [letters, style, weight]);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.evaluate(() => document.fonts.ready);
      const { root } = await cdp.send("DOM.getDocument");
      const { nodeId } = await cdp.send("DOM.querySelector", { nodeId: root.nodeId, selector: `#letters-${weight}-${style}` });
      const { fonts: used } = await cdp.send("CSS.getPlatformFontsForNode", { nodeId });
      const foreign = used.filter((f) => !f.familyName.startsWith(family) || !f.isCustomFont);
      if (foreign.length) throw new Error(foreign.map((f) => `${f.familyName} ${f.glyphCount}`).join(", "));
    });
  }
  await context.close();
}

const pages = await addresses();
await views(pages);
if (!only) {
  await withoutScript(pages);
  await bytes(pages);
  await fonts();
}
tally.say(server.alive(), "the server lives", server.words().slice(-400));
await browser.close();
await server.end();
tally.end();
