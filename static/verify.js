/* verify.js - the page where a read document is checked: keys, the light on the paper, and acts that leave the page in
   place. Everything it does has a link or a button that does it without it.

   What it looks for: .item[id] with rows .item-row[data-span="120-168 300-340"], places in the paper; the paper comes in
   parts .source-part[data-part data-from data-to], whose marks [id=c120] and boxes [data-c="120-130"] say their place; in
   an item form.item-acts with buttons [name=act], details[data-act=edit|split]; #paste, #keys; anywhere
   form[data-act=undo]. An item that still waits carries data-open, one that wants a look first data-look. Rows outside the
   page are behind .pager a[rel]; details[data-more] bring their rows when they are opened. */
"use strict";

(() => {
  const source = document.querySelector(".verify-source");
  const draft = document.querySelector(".verify-draft");
  const said = document.getElementById("said");
  if (!source || !draft) return;

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const inField = (el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);
  const shown = (el) => !el.parentElement.closest("details:not([open])") || el.matches("details:not([open]) > summary:first-child") && !el.parentElement.parentElement.closest("details:not([open])");
  const one = ".item:is([id^=t], [id^=h])";
  const items = () => [...draft.querySelectorAll(one)];
  const stops = () => [...draft.querySelectorAll(".item-row > summary, li.item-row, details.item > summary")].filter(shown);
  const itemOf = (el) => (el.closest ? el.closest(one) : null);
  const rowOf = (el) => (el.closest ? el.closest(".item-row") : null);
  const byId = (id) => (id ? document.getElementById(id) : null);
  const say = (words) => said && (said.textContent = words);

  /* ---- the paper in parts: fetched when they are reached ---- */

  const parts = () => [...source.querySelectorAll(".source-part")];
  const spans = (row) => (row.dataset.span || "").split(" ").filter(Boolean).map((s) => s.split("-").map(Number));
  const placeOf = (mark) => (mark.dataset.c || mark.id.slice(1)).split("-").map(Number);
  let asked = 0, bringing = null;

  /* This page, asked for something; the day looked at stays in its address. */
  const here = (query) => {
    const day = new URLSearchParams(location.search).get("as-of"), all = (day ? `as-of=${day}` : "") + (day && query ? "&" : "") + query;
    return location.pathname + (all ? `?${all}` : "");
  };

  async function fetched(query) {
    const r = await fetch(here(query), { headers: { Accept: "text/html" } });
    if (!r.ok) return null;
    return new DOMParser().parseFromString(await r.text(), "text/html").body.firstElementChild;
  }

  /* Beside a neighbour it goes on from it; else it takes the place of what is shown. */
  function place(part) {
    const no = Number(part.dataset.part), all = parts();
    const before = all.find((p) => Number(p.dataset.part) === no - 1), after = all.find((p) => Number(p.dataset.part) === no + 1);
    const drop = (p, way) => p.querySelectorAll(`.source-way:has([rel=${way}])`).forEach((w) => w.remove());
    if (all.some((p) => Number(p.dataset.part) === no)) return;
    if (before) (drop(before, "next"), drop(part, "prev"));
    if (after) (drop(after, "prev"), drop(part, "next"));
    if (before) before.after(part);
    else if (after) {
      const height = source.scrollHeight;
      after.before(part);
      source.scrollTop += source.scrollHeight - height; // what is read stays where it is
    } else source.replaceChildren(part);
    watch();
  }

  function bring(query) {
    if (bringing && bringing.query === query) return bringing.done;
    const done = fetched(query).then((part) => part && place(part)).catch(() => {}).finally(() => bringing && bringing.query === query && (bringing = null));
    bringing = { query, done };
    return done;
  }

  const reached = "IntersectionObserver" in window && new IntersectionObserver((seen) => {
    for (const s of seen) if (s.isIntersecting) (reached.unobserve(s.target), bring(wayTo(s.target)));
  }, { root: null, rootMargin: "200px" });
  const wayTo = (a) => `piece=source&part=${new URL(a.href).searchParams.get("part")}`;

  function watch() {
    const way = source.querySelector(".source-way [rel=next]");
    if (reached && way) reached.observe(way);
  }
  let top = 0; // who scrolls up to the beginning of what is here gets what stands before it
  source.addEventListener("scroll", () => {
    const way = source.querySelector(".source-way [rel=prev]");
    if (way && source.scrollTop < top && source.scrollTop < 40) bring(wayTo(way));
    top = source.scrollTop;
  }, { passive: true });

  function shine(row) {
    const own = spans(row), lit = [];
    for (const m of source.querySelectorAll("mark[id], rect")) {
      const [from, to = from + 1] = placeOf(m);
      if (own.some(([a, b]) => from >= a && to <= b)) lit.push(m);
    }
    for (const m of lit) m.classList.add("here");
    if (lit.length === 0) return;
    const box = source.getBoundingClientRect(), at = lit[0].getBoundingClientRect();
    if (source.scrollHeight > source.clientHeight)
      source.scrollBy({ top: at.top - box.top - box.height / 3, behavior: calm ? "auto" : "smooth" });
  }

  function light(row) {
    const turn = ++asked, own = spans(row);
    for (const old of source.querySelectorAll(".here")) old.classList.remove("here");
    if (own.length === 0) return;
    const at = own[0][0];
    if (parts().some((p) => at >= Number(p.dataset.from) && at < Number(p.dataset.to))) shine(row);
    else bring(`piece=source&at=${at}`).then(() => turn === asked && shine(row));
  }

  /* calmly: the focus moves, the page stays where it is */
  function enter(item, calmly, field) {
    if (!item) return;
    const folded = item.matches("details:not([open])"), head = item.id.startsWith("h");
    const first = head && !field ? item.querySelector(".item-row:has(.low) > summary") : item.querySelector(`.item-row[data-field="${field || "title"}"] > summary`);
    const row = folded ? item.firstElementChild : first || item.querySelector(".item-row > summary") || item.querySelector("summary");
    row.focus({ preventScroll: true });
    if (!calmly) (folded ? row : item).scrollIntoView({ block: "nearest", behavior: "auto" });
    if (!calmly) row.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  /* Rows that are not in this page. */
  async function go(id, act) {
    const page = new DOMParser().parseFromString(await (await fetch(here(`row=${id}`), { headers: { Accept: "text/html" } })).text(), "text/html");
    if (!page.querySelector(".verify-draft")) return;
    put(page);
    draft.scrollTop = 0;
    enter(byId(`t${id}`) || items()[0]);
  }
  const beyond = (rel) => {
    const a = draft.querySelector(`.pager a[rel=${rel}]`);
    return a && new URL(a.href).searchParams.get("row");
  };

  /* A long list brings its rows when it is opened. */
  async function unfold(list) {
    const where = new URL(list.dataset.more, location.href), id = list.id;
    delete list.dataset.more;
    const full = await fetched(`piece=list&list=${where.searchParams.get("list")}`).catch(() => null);
    if (!full || !byId(id)) return;
    const rows = [...full.children].filter((c) => c.tagName !== "SUMMARY");
    const held = document.activeElement === byId(id).firstElementChild;
    byId(id).querySelectorAll(":scope > :not(summary)").forEach((c) => c.remove());
    byId(id).append(...rows);
    if (held) byId(id).firstElementChild.focus();
  }
  draft.addEventListener("toggle", (e) => e.target.open && e.target.dataset.more && unfold(e.target), true);

  function step(list, from, by) {
    const next = list[list.indexOf(from) + by];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
    return Boolean(next);
  }

  /* The next item that wants a look, else the next that waits: behind this one, then from the top. */
  function nextOf(item) {
    const all = items(), at = all.indexOf(item), rest = [...all.slice(at + 1), ...all.slice(0, at)];
    return rest.find((i) => i.dataset.look !== undefined) || rest.find((i) => i.dataset.open !== undefined);
  }

  /* ---- acts: sent in the background, the answer's parts put in place; the paper stays ---- */

  let busy = false, plain = false;

  /* The row that waits next in another window of rows, when none waits in this one. */
  const waiting = (page) => {
    const pager = page.querySelector(".verify-draft .pager[data-next]");
    return pager && !page.querySelector(".verify-draft .item[data-open]") ? pager.dataset.next : null;
  };

  /* Where the focus goes on: accepted and dropped rows lead to the next, the others stay. */
  function goesOn(item, act, answer) {
    const asked = new URL(answer).searchParams, row = asked.get("row"); // an answer's address comes without its place
    if (item && (act === "accept" || act === "drop" || act === "edit")) {
      const next = nextOf(item);
      return next ? next.id : item.id;
    }
    return row ? `t${row}` : asked.get("head") ? `h${asked.get("head")}` : item && item.id;
  }

  function put(page) {
    for (const part of [".verify-bar", ".verify-draft", ".verify-foot"]) {
      const now = document.querySelector(part), then = page.querySelector(part);
      if (now && then) now.replaceChildren(...then.childNodes);
    }
    const flash = document.querySelector("main > .flash"), told = page.querySelector("main > .flash");
    if (flash) flash.remove();
    if (told) say(told.textContent.trim());
    const key = document.querySelector(".verify-draft [name=_key], .verify-foot [name=_key]");
    for (const k of document.querySelectorAll("[name=_key]")) if (key) k.value = key.value;
  }

  /* app.js sends a form once; one that was refused may go again. */
  function again(form) {
    delete form.dataset.sent;
    for (const b of form.querySelectorAll("[aria-disabled]")) b.removeAttribute("aria-disabled");
  }

  async function send(form, button) {
    const item = itemOf(form), act = button && button.name === "act" ? button.value : form.dataset.act;
    const field = rowOf(document.activeElement) ? rowOf(document.activeElement).dataset.field : "";
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    const open = [...draft.querySelectorAll("details.item[open]:not(.fold)")].map((d) => d.id);
    try {
      const r = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await r.text(), "text/html");
      if (!page.querySelector(".verify-draft")) {
        if (r.ok) return location.assign(r.url);
        again(form);
        fault((page.querySelector("main .notice") || page.querySelector("main h1") || page.body).textContent.trim(), item);
        return;
      }
      const next = goesOn(item, act, r.url), top = draft.scrollTop, far = waiting(page);
      put(page);
      history.replaceState(null, "", here(""));
      for (const id of open) if (byId(id)) byId(id).open = true;
      draft.scrollTop = top;
      if (far && (act === "accept" || act === "drop" || act === "edit")) return await go(far);
      const to = byId(next);
      if (to && to.matches("details") && act !== "accept" && act !== "drop" && act !== "edit") to.open = true;
      enter(to || draft.querySelector(".item[data-open]") || items()[0], false, act === "accept" || act === "drop" || act === "edit" ? "" : field);
      if (act === "add") edit(to, "edit", "title");
    } catch { // the browser says in its own words why the server is not reached
      again(form);
      plain = true;
      form.requestSubmit(button);
    }
  }

  /* A refused act: told where the work is, nothing typed is lost. */
  function fault(words, item) {
    for (const old of draft.querySelectorAll(".refused")) old.remove();
    const box = document.createElement("p");
    box.className = "notice s-overdue refused";
    box.setAttribute("role", "alert");
    box.textContent = words.replace(/\s+/g, " ");
    const at = item || draft.querySelector("#paste[open]") || draft;
    const head = at === draft ? null : at.querySelector(".item-head");
    if (head) head.after(box);
    else at.prepend(box);
    box.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("submit", async (e) => {
    const form = e.target;
    if (e.defaultPrevented || plain || form.method !== "post" || !form.closest(".verify-draft, .verify-foot") || form.dataset.act === "leave") return;
    e.preventDefault();
    if (busy) return again(form);
    busy = true;
    await send(form, e.submitter);
    busy = false;
  });

  function act(item, what) {
    const button = item && item.querySelector(`.item-acts [name=act][value=${what}]`);
    if (!button) return false;
    button.form.requestSubmit(button);
    return true;
  }

  /* ---- boxes that open in an item ---- */

  function edit(item, kind, field) {
    const box = item && item.querySelector(`details[data-act=${kind}]`);
    if (!box) return false;
    if (item.matches("details")) item.open = true;
    box.open = true;
    const input = box.querySelector(`[name="${CSS.escape(field || "")}"]`) || box.querySelector("textarea, input, select");
    input.focus();
    input.scrollIntoView({ block: "nearest" });
    return input;
  }

  /* The caret begins where a second task may begin: behind the first ";" or the first full stop. */
  function split(item) {
    const input = edit(item, "split", "words");
    if (!input) return false;
    const found = /[;.] +(?=\S)|\n/.exec(input.value);
    const at = found ? found.index + found[0].length : input.value.length;
    input.setSelectionRange(at, at);
    return true;
  }

  function cut(input) {
    const form = input.form, at = document.createElement("input");
    at.type = "hidden";
    at.name = "at";
    at.value = [...input.value.slice(0, input.selectionStart)].length;
    form.append(at);
    form.requestSubmit(form.querySelector("[value=split]"));
    at.remove();
  }

  function paste(item, text) {
    const box = byId("paste");
    if (!box) return false;
    box.open = true;
    const after = box.querySelector("select"), input = box.querySelector("textarea");
    if (item) after.value = item.id.slice(1);
    if (text) input.value = text;
    input.focus();
    box.scrollIntoView({ block: "nearest" });
    return true;
  }

  /* A table of Word or Excel as lines with tabs; a cell that holds a line end is quoted. */
  function tabbed(data) {
    const html = data.getData("text/html"), rows = html && new DOMParser().parseFromString(html, "text/html").querySelectorAll("table tr");
    if (!rows || rows.length === 0) return data.getData("text/plain");
    const cell = (c) => {
      for (const end of c.querySelectorAll("br, p + p, div + div, li + li")) end.before("\n");
      const t = c.textContent.replace(/[ \t\r\f\u00a0]+/g, " ").replace(/ *\n */g, "\n").trim();
      return /[\n"]/.test(t) ? `"${t.replaceAll('"', '""')}"` : t;
    };
    return [...rows].map((r) => [...r.cells].map(cell).join("\t")).join("\n");
  }

  document.addEventListener("paste", (e) => {
    const into = e.target.closest && e.target.closest("#paste textarea");
    if (!e.clipboardData || (inField(e.target) && !into)) return;
    const text = tabbed(e.clipboardData);
    if (!text.trim()) return;
    e.preventDefault();
    if (into) into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
    else paste(itemOf(e.target), text);
  });

  /* ---- light and presses ---- */

  draft.addEventListener("focusin", (e) => {
    const row = e.target.closest("[data-span]") || (e.target.matches("details.item > summary") && e.target.parentElement.querySelector("[data-span]"));
    if (row) light(row);
  });

  source.addEventListener("click", (e) => {
    const way = e.target.closest(".source-way a"), mark = e.target.closest("mark[id], rect");
    if (way) return (e.preventDefault(), bring(wayTo(way)));
    if (!mark) return;
    const at = placeOf(mark)[0], holds = (r) => spans(r).some(([a, b]) => at >= a && at < b);
    const size = (r) => Math.min(...spans(r).map(([a, b]) => b - a));
    const row = [...draft.querySelectorAll(".item-row")].filter(holds).sort((x, y) => size(x) - size(y))[0];
    if (!row) return;
    for (let d = row.parentElement.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    const stop = row.firstElementChild && row.firstElementChild.tagName === "SUMMARY" ? row.firstElementChild : row;
    stop.focus();
    stop.scrollIntoView({ block: "nearest" });
  });

  draft.addEventListener("click", (e) => {
    const far = e.target.closest(".pager a, .doubts a[href*='row=']"), why = e.target.closest(".why a");
    if (far) return (e.preventDefault(), go(new URL(far.href).searchParams.get("row")));
    if (why && rowOf(why)) return (e.preventDefault(), light(rowOf(why)));
    const to = e.target.closest("a[href^='#t'], [data-paste], button[value=split]");
    if (!to) return;
    if (to.value === "split") {
      const box = to.closest("details").querySelector("textarea");
      if (!/\n/.test(box.value.trim())) (e.preventDefault(), cut(box)); // no line end: at the cursor
    } else {
      e.preventDefault();
      if (to.dataset.paste) {
        to.closest("details.menu").open = false;
        paste(itemOf(to));
      } else enter(byId(to.getAttribute("href").slice(1)));
    }
  });

  /* ---- keys ---- */

  function escape(el, item) {
    const box = el.closest("details[data-act], #paste");
    if (!box) return false;
    if (box.id !== "paste") for (const t of box.querySelectorAll("textarea")) t.value = t.defaultValue;
    box.open = false;
    if (item) enter(item, true, el.name);
    else box.firstElementChild.focus();
    return true;
  }

  function inBox(e, item) {
    if (e.key === "Escape") return escape(e.target, item);
    if (e.key !== "Enter" || e.isComposing) return false;
    if (e.target.name === "words" && !e.shiftKey) return (cut(e.target), true);
    if (!e.ctrlKey && !e.metaKey) return false;
    const button = e.target.closest("details").querySelector(".acts button");
    return button ? (button.form.requestSubmit(button), true) : false;
  }

  function walk(key, el, item) {
    if (key === "ArrowDown" || key === "ArrowUp") {
      const by = key === "ArrowDown" ? 1 : -1, list = stops(), here = el.closest(".item-row > summary, li.item-row, details.item > summary");
      if (here) return step(list, here, by);
      if (by < 0 || el.closest(".verify-draft")) return false;
      enter(draft.querySelector(".item[data-look]") || draft.querySelector(".item[data-open]") || items()[0]);
      return true;
    }
    const next = item && items()[items().indexOf(item) + (key === "ArrowRight" ? 1 : -1)];
    if (next) enter(next);
    else if (item && beyond(key === "ArrowRight" ? "next" : "prev")) return (go(beyond(key === "ArrowRight" ? "next" : "prev")), true);
    return Boolean(next);
  }

  const keys = {
    x: (item) => act(item, "drop"),
    m: (item, row, e) => act(item, e.shiftKey ? "merge_up" : "merge_down"),
    a: (item) => act(item, "add"),
    r: (item) => act(item, "reopen"),
    s: (item) => split(item),
    e: (item, row) => edit(item, "edit", row && row.dataset.field),
    v: (item) => paste(item),
    n: (item) => {
      const next = nextOf(item), pager = draft.querySelector(".pager[data-next]");
      if (next && (next.dataset.look !== undefined || !pager)) enter(next);
      else if (pager) go(pager.dataset.next);
      else if (next) enter(next);
      return Boolean(next || pager);
    },
    "?": () => {
      const help = byId("keys");
      if (!help) return false;
      help.open = !help.open;
      if (help.open) help.firstElementChild.focus();
      return true;
    },
  };

  document.addEventListener("keydown", (e) => {
    const el = e.target, item = itemOf(el), row = rowOf(el);
    if (e.defaultPrevented || !el.closest) return;
    let done = false;
    if (inField(el) || el.closest("details[data-act], #paste .edit")) {
      if (inBox(e, item)) e.preventDefault();
      if (inField(el) || e.key === "Escape") return;
    }
    if ((e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === "z") {
      const undo = document.querySelector("form[data-act=undo]");
      if (undo) (undo.requestSubmit(), (done = true));
    } else if (e.altKey && item && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      done = act(item, e.key === "ArrowUp" ? "move_up" : "move_down");
    } else if (!e.ctrlKey && !e.metaKey && !e.altKey) {
      const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
      const onControl = /^(A|BUTTON)$/.test(el.tagName) || (el.tagName === "SUMMARY" && !row);
      if (/^Arrow/.test(key)) done = walk(key, el, item);
      else if (key === "Enter" && item && !onControl) done = act(item, "accept") || (item.dataset.open === undefined && keys.n(item));
      else if (keys[key]) done = keys[key](item, row, e);
    }
    if (done) e.preventDefault();
  });

  watch();
  const start = byId(location.hash.slice(1)) || draft.querySelector(".item[data-look]") || draft.querySelector(".item[data-open]");
  if (start && start.closest(".verify-draft")) {
    if (start.matches("details")) start.open = true;
    enter(start.closest(".item"), !location.hash);
  }
})();
