// The desk's keys, and a word where the files changed outside. Everything works without it, by forms and links.
"use strict";
(() => {
  const here = document.currentScript;
  const keys = document.getElementById("keys");
  const byKey = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);
  const typing = (node) => /^(input|textarea|select)$/i.test(node.tagName) && !/^(radio|checkbox)$/i.test(node.type);

  document.querySelectorAll(".needs-script").forEach((node) => node.classList.add("on"));
  if (keys) {
    keys.checked = localStorage.getItem("desk-keys") !== "off"; // WCAG 2.1.4: single keys can be switched off
    keys.addEventListener("change", () => localStorage.setItem("desk-keys", keys.checked ? "on" : "off"));
  }

  function open(panel) {
    panel.open = true;
    const field = panel.querySelector("input:not([type=hidden]), select, textarea");
    (field || panel.querySelector("summary")).focus();
    if (field?.select && field.type !== "radio") field.select();
    panel.scrollIntoView({ block: "nearest" });
  }

  function press(node) {
    if (node.tagName === "SUMMARY") {
      const panel = node.parentElement;
      if (panel.open) { panel.open = false; node.focus(); } else open(panel);
    } else if (node.dataset.opens) open(document.getElementById(node.dataset.opens));
    else if (node.tagName === "INPUT") { node.focus(); node.select(); }
    else node.click();
  }

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.repeat && !typing(at)) return; // a key that is held down decides once
    if (event.key === "Escape") {
      const panel = at.closest("details[open]");
      if (panel) { panel.open = false; panel.querySelector("summary").focus(); } else if (typing(at)) at.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = typing(at) || /^(radio|checkbox)$/i.test(at.type) ? at.closest("form") : null;
      if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("button[type=submit]")); }
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || typing(at) || (keys && !keys.checked)) return;
    const node = byKey(event.key.toLowerCase());
    if (!node) return;
    event.preventDefault();
    press(node);
  });
  document.querySelectorAll("[data-opens]").forEach((node) => node.addEventListener("click", () => open(document.getElementById(node.dataset.opens))));

  // one decision a press: a second submit of the same page would decide on what is gone
  let sent = false; // from then on the page is left: nothing may load it anew
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", () => { sent = true; });

  // after a decision, what was told is read first; else the finding
  (document.getElementById("told") || document.getElementById("title"))?.focus({ preventScroll: true });
  const current = document.querySelector(".que [aria-current=true]");
  if (current && matchMedia("(min-width: 60rem)").matches) {
    const list = current.closest("ol");
    if (list) list.scrollTop = current.offsetTop - list.offsetTop - 60;
  }

  // what is typed is not lost when the files change: the page says so, and is read anew when the editor wants
  if (!here.dataset.digest) return;
  let dirty = false;
  document.addEventListener("input", () => { dirty = true; });
  const events = new EventSource(here.src.replace(/desk\.js.*$/, "events"));
  events.onmessage = async () => {
    const answer = await fetch(`${here.dataset.base}${encodeURIComponent(here.dataset.story)}/state`);
    if (!answer.ok || (await answer.text()) === here.dataset.digest || sent) return;
    if (!dirty) { location.replace(here.dataset.here); return; } // not reload: this page may answer a form
    if (document.getElementById("outdated")) return;
    const note = document.createElement("p");
    note.id = "outdated";
    note.className = "told refused";
    note.setAttribute("role", "alert");
    note.textContent = "The files changed outside. What you typed is kept here; reload to see what holds now.";
    document.getElementById("main").prepend(note);
  };
  window.addEventListener("pagehide", () => events.close());
})();
