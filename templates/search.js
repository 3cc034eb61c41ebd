// Search over the site's own index. Nothing is loaded before the field has the focus; results are written as text, never as markup.
"use strict";
(() => {
const field = document.getElementById("q");
const count = document.getElementById("count");
const list = document.getElementById("results");
let engine, turn = 0;

async function start() {
  engine ??= import("../pagefind/pagefind.js").then(async (found) => { await found.init(); return found; });
  return engine;
}

async function search() {
  const mine = ++turn, words = field.value.trim();
  if (!words) { count.textContent = ""; list.replaceChildren(); return; }
  const found = await (await start()).search(words);
  const pages = await Promise.all(found.results.slice(0, 30).map((r) => r.data()));
  if (mine !== turn) return;
  count.textContent = found.results.length === 1 ? "1 page" : `${found.results.length} pages`;
  list.replaceChildren(...pages.map((page) => {
    const item = document.createElement("li"), head = document.createElement("h3"), link = document.createElement("a"), text = document.createElement("p");
    link.href = new URL((page.raw_url || page.url).replace(/^\//, "../"), location.href);
    link.textContent = page.meta.title || page.url;
    text.textContent = new DOMParser().parseFromString(page.excerpt, "text/html").body.textContent;
    head.append(link);
    item.append(head, text);
    return item;
  }));
}

if (location.protocol !== "file:") {
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { field.value = asked; search(); }
  document.getElementById("no-search").hidden = true;
  document.getElementById("search").hidden = false;
  field.addEventListener("focus", start, { once: true });
  field.addEventListener("input", search);
}
})();
