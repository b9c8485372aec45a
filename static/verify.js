/* verify.js - the page where a read document is checked: keys, the light on the paper, and acts that leave the page in
   place. Everything it does has a link or a button that does it without it.

   What it looks for: .item[id] with rows .item-row[data-span="id id..."], which name the marks of the paper in
   .verify-source; in an item form.item-acts with buttons [name=act], details[data-act=edit|split]; #paste, #keys;
   anywhere form[data-act=undo]. An item that still waits carries data-open, one that wants a look first data-look. */
"use strict";

(() => {
  const source = document.querySelector(".verify-source");
  const draft = document.querySelector(".verify-draft");
  const said = document.getElementById("said");
  if (!source || !draft) return;

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const inField = (el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);
  const shown = (el) => !el.parentElement.closest("details:not([open])") || el.matches("details:not([open]) > summary:first-child") && !el.parentElement.parentElement.closest("details:not([open])");
  const items = () => [...draft.querySelectorAll(".item[id^=t]")];
  const stops = () => [...draft.querySelectorAll(".item-row > summary, li.item-row, details.item > summary")].filter(shown);
  const itemOf = (el) => (el.closest ? el.closest(".item[id^=t]") : null);
  const rowOf = (el) => (el.closest ? el.closest(".item-row") : null);
  const byId = (id) => (id ? document.getElementById(id) : null);
  const say = (words) => said && (said.textContent = words);

  function light(row) {
    for (const old of source.querySelectorAll(".here")) old.classList.remove("here");
    const marks = (row.dataset.span || "").split(" ").map(byId).filter(Boolean);
    for (const m of marks) m.classList.add("here");
    if (marks.length === 0) return;
    const box = source.getBoundingClientRect(), at = marks[0].getBoundingClientRect();
    if (source.scrollHeight > source.clientHeight)
      source.scrollBy({ top: at.top - box.top - box.height / 3, behavior: calm ? "auto" : "smooth" });
  }

  /* calmly: the focus moves, the page stays where it is */
  function enter(item, calmly, field) {
    if (!item) return;
    const folded = item.matches("details:not([open])");
    const row = folded ? item.firstElementChild : item.querySelector(`.item-row[data-field="${field || "title"}"] > summary`) || item.querySelector("summary");
    row.focus({ preventScroll: true });
    if (!calmly) (folded ? row : item).scrollIntoView({ block: "nearest", behavior: "auto" });
    if (!calmly) row.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

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

  /* Where the focus goes on: accepted and dropped rows lead to the next, the others stay. */
  function goesOn(item, act, answer) {
    const row = new URL(answer).searchParams.get("row"); // an answer's address comes without its place
    if (item && (act === "accept" || act === "drop" || act === "edit")) {
      const next = nextOf(item);
      return next ? next.id : item.id;
    }
    return row ? `t${row}` : item && item.id;
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
      const next = goesOn(item, act, r.url), top = draft.scrollTop;
      put(page);
      history.replaceState(null, "", location.pathname);
      for (const id of open) if (byId(id)) byId(id).open = true;
      draft.scrollTop = top;
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
    const mark = e.target.closest("[id]");
    const row = mark && mark !== source && [...draft.querySelectorAll(".item-row")].find((r) => (r.dataset.span || "").split(" ").includes(mark.id));
    if (!row) return;
    for (let d = row.parentElement.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    const stop = row.firstElementChild && row.firstElementChild.tagName === "SUMMARY" ? row.firstElementChild : row;
    stop.focus();
    stop.scrollIntoView({ block: "nearest" });
  });

  draft.addEventListener("click", (e) => {
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
      const next = nextOf(item);
      if (next) enter(next);
      return Boolean(next);
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

  const start = byId(location.hash.slice(1)) || draft.querySelector(".item[data-look]") || draft.querySelector(".item[data-open]");
  if (start && start.closest(".verify-draft")) {
    if (start.matches("details")) start.open = true;
    enter(start.closest(".item"), !location.hash);
  }
})();
