/* verify.js - the page where a read document is checked: keys and the light on the paper. Everything it does has a
   link or a button that does it without it.

   What it looks for: .item[id] with rows [data-span="id id..."] that name the marks of the paper in .verify-source;
   in an item form[data-act=accept], form[data-act=reject], and details[data-act=edit]; anywhere form[data-act=undo].
   An item that still waits carries data-open. */
"use strict";

(() => {
  const source = document.querySelector(".verify-source");
  const draft = document.querySelector(".verify-draft");
  if (!source || !draft) return;

  const inField = (el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);
  const items = () => [...draft.querySelectorAll(".item")];
  const rows = () => [...draft.querySelectorAll(".item-row[data-span], .item-row[tabindex]")].filter((r) => !r.closest("details:not([open])"));
  const itemOf = (el) => el.closest && el.closest(".item");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function light(row) {
    for (const old of source.querySelectorAll(".here")) old.classList.remove("here");
    const marks = (row.dataset.span || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    for (const m of marks) m.classList.add("here");
    if (marks.length === 0) return;
    const box = source.getBoundingClientRect(), at = marks[0].getBoundingClientRect();
    if (source.scrollHeight > source.clientHeight)
      source.scrollBy({ top: at.top - box.top - box.height / 3, behavior: calm ? "auto" : "smooth" });
  }

  /* calmly: the focus moves, the page stays where it is */
  function enter(item, calmly) {
    const row = item && (item.querySelector(".item-row[tabindex]") || item);
    if (!row) return;
    row.focus({ preventScroll: true });
    if (!calmly) row.scrollIntoView({ block: "nearest" });
  }

  function step(list, from, by) {
    const next = list[list.indexOf(from) + by];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
    return Boolean(next);
  }

  /* Sends a form of the item; the page that comes back begins at the next item that waits. */
  function act(item, what) {
    const form = item && item.querySelector(`form[data-act=${what}]`);
    if (!form) return false;
    form.requestSubmit();
    return true;
  }

  document.addEventListener("submit", (e) => {
    const item = itemOf(e.target);
    if (!item || !e.target.dataset.act) return;
    const all = items(), at = all.indexOf(item);
    const next = [...all.slice(at + 1), ...all.slice(0, at)].find((i) => i.dataset.open !== undefined);
    sessionStorage.setItem("verify-next", next ? next.id : item.id);
  });

  draft.addEventListener("focusin", (e) => {
    const row = e.target.closest("[data-span]");
    if (row) light(row);
  });

  source.addEventListener("click", (e) => {
    const mark = e.target.closest("mark[id]");
    const row = mark && rows().find((r) => (r.dataset.span || "").split(" ").includes(mark.id));
    if (row) row.focus();
  });

  document.addEventListener("keydown", (e) => {
    const item = itemOf(e.target), row = e.target.closest && e.target.closest(".item-row");
    if (e.key === "Escape" && item && inField(e.target)) {
      const edit = e.target.closest("details[data-act=edit]");
      if (edit) edit.open = false;
      enter(item);
      return;
    }
    if (inField(e.target)) return;
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "z") {
      const undo = document.querySelector("form[data-act=undo]");
      if (undo) {
        e.preventDefault();
        undo.requestSubmit();
      }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const onControl = /^(A|BUTTON|SUMMARY)$/.test(e.target.tagName);
    let done = false;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const by = key === "ArrowDown" ? 1 : -1;
      if (row) done = step(rows(), row, by);
      else if (!item && by > 0) done = Boolean(draft.querySelector(".item")) && (enter(draft.querySelector(".item[data-open]") || items()[0]), true);
    } else if ((key === "ArrowRight" || key === "ArrowLeft") && item) {
      const next = items()[items().indexOf(item) + (key === "ArrowRight" ? 1 : -1)];
      if (next) (enter(next), (done = true));
    } else if (key === "Enter" && item && !onControl) done = act(item, "accept");
    else if (key === "x" && item) done = act(item, "reject");
    else if (key === "e" && item) {
      const edit = item.querySelector("details[data-act=edit]");
      if (edit) {
        edit.open = true;
        const wanted = row && row.dataset.field ? edit.querySelector(`[name="${CSS.escape(row.dataset.field)}"]`) : null;
        (wanted || edit.querySelector("input:not([type=hidden]), textarea, select")).focus();
        done = true;
      }
    }
    if (done) e.preventDefault();
  });

  const wanted = sessionStorage.getItem("verify-next");
  sessionStorage.removeItem("verify-next");
  const start = (wanted && document.getElementById(wanted)) || (!location.hash && draft.querySelector(".item[data-open]"));
  if (start) enter(start, !wanted);
})();
