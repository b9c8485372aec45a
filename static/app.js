/* app.js - comfort on every page; each page works without it.
   "/" goes to the search, Escape leaves it, Escape and a click outside close menus and the drawer, a form is not sent twice,
   focus goes to the list of faults, files may be dropped or pasted on [data-drop], a long upload tells how far it is. */
"use strict";

const typing = (el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);

document.addEventListener("keydown", (e) => {
  if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !typing(e.target)) {
    const box = document.querySelector("[data-search]");
    if (box) {
      e.preventDefault();
      box.focus();
      box.select();
    }
  }
  if (e.key === "Escape") {
    const open = e.target.closest("details.menu[open]") || document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.firstElementChild.focus();
    } else if (location.hash === "#menu") {
      location.hash = "#main";
    } else if (e.target.matches("[data-search]")) {
      e.target.blur();
    }
  }
});

document.addEventListener("click", (e) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(e.target)) menu.open = false;
});

/* A second press before the answer is dropped; the idempotency key in the form guards what gets through. */
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (e.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    e.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "1";
    if (e.submitter) e.submitter.setAttribute("aria-disabled", "true");
  }
});
addEventListener("pageshow", (e) => {
  if (!e.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const b of form.querySelectorAll("[aria-disabled]")) b.removeAttribute("aria-disabled");
  }
});

/* A closed part that an address names is opened; paper shows all of them. */
const unfold = () => {
  const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const part = at && at.closest("details.fold");
  if (part) part.open = true;
};
addEventListener("hashchange", unfold);
unfold();
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details.fold:not([open])")) {
    part.dataset.folded = "1";
    part.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-folded]")) {
    delete part.dataset.folded;
    part.open = false;
  }
});

const first = document.querySelector("[data-focus]");
if (first) first.focus();

for (const box of document.querySelectorAll("[data-drop]")) {
  const input = box.querySelector("input[type=file]");
  const take = (files) => {
    if (!files || files.length === 0) return false;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };
  const over = (on) => (e) => {
    e.preventDefault();
    box.classList.toggle("over", on);
  };
  box.addEventListener("dragover", over(true));
  box.addEventListener("dragleave", over(false));
  box.addEventListener("drop", (e) => {
    over(false)(e);
    take(e.dataTransfer.files);
  });
  document.addEventListener("paste", (e) => {
    if (!typing(e.target) && take(e.clipboardData && e.clipboardData.files)) e.preventDefault();
  });
}

/* form[data-reading=ADDRESS] with .reading in it: while the answer is awaited, asks how many pages are read; a button
   stops it. */
for (const form of document.querySelectorAll("form[data-reading]")) {
  const slot = form.querySelector("template"), box = slot.content.firstElementChild, words = box.firstElementChild, bar = box.querySelector("progress");
  slot.replaceWith(box);
  const key = form.elements._key.value;
  form.addEventListener("submit", (e) => {
    if (e.defaultPrevented) return;
    box.hidden = false;
    const timer = setInterval(async () => {
      const r = await fetch(`${form.dataset.reading}?key=${encodeURIComponent(key)}`, { headers: { Accept: "application/json" } }).catch(() => null);
      const far = r && r.ok ? await r.json() : {};
      if (!far.pages) return;
      bar.max = far.pages;
      bar.value = far.pages_read;
      words.textContent = words.dataset.words.replace("##", far.pages).replace("#", far.pages_read);
    }, 1000);
    addEventListener("pagehide", () => clearInterval(timer), { once: true });
  });
  box.querySelector("[data-stop]").addEventListener("click", () =>
    fetch(form.dataset.reading, { method: "POST", body: new URLSearchParams({ _csrf: form.elements._csrf.value, reading: key }) }));
}

/* What is shown once may be copied by a button; without this script it is marked by hand. */
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent));
}
