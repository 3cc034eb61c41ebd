// Search over the site's own index. Nothing is loaded before the field has the focus; results are written as text, never as markup.
"use strict";
(() => {
const at = (id) => document.getElementById(id);
const box = at("search"), field = at("q"), count = at("count"), list = at("results"), more = at("more");
const told = box.dataset, STEP = 20, number = new Intl.NumberFormat(told.language);
const choices = [...document.querySelectorAll(".choose select")];
let engine, turn = 0, found = [], at_result = 0, shown = 0;

async function start() {
  engine ??= import("../pagefind/pagefind.js").then(async (module) => { await module.init(); return module; });
  return engine;
}

async function search() {
  const mine = ++turn, words = field.value.trim();
  if (!words) { count.textContent = ""; list.replaceChildren(); more.hidden = true; return; }
  const answer = await (await start()).search(words);
  if (mine !== turn) return;
  found = answer.results; at_result = shown = 0;
  list.replaceChildren();
  await show(mine);
}

// the next pages that are of the type and the outlet which were chosen
async function show(mine = turn) {
  const wanted = choices.map((c) => [c.id.slice(2), c.value]).filter(([, value]) => value), items = [];
  while (at_result < found.length && items.length < STEP) {
    const pages = await Promise.all(found.slice(at_result, at_result + STEP).map((r) => r.data()));
    if (mine !== turn) return;
    at_result += pages.length;
    items.push(...pages.filter((page) => wanted.every(([key, value]) => page.meta[key] === value)).map(item));
  }
  shown += items.length;
  list.append(...items);
  more.hidden = at_result >= found.length;
  const total = wanted.length ? shown : found.length;
  count.textContent = !total ? told.none : total === 1 ? told.one : told.many.replace("{n}", number.format(total) + (wanted.length && !more.hidden ? "+" : ""));
}

// a page as it is listed: what it is, its title, the words that match in bold, the place to go to
function item(page) {
  const line = document.createElement("li"), head = document.createElement("h2"), link = document.createElement("a"), text = document.createElement("p"), kind = document.createElement("p");
  kind.className = "kicker";
  kind.textContent = [page.meta.type, page.meta.outlet].filter(Boolean).join(" · ");
  link.href = new URL((page.raw_url || page.url).replace(/^\//, "../"), location.href);
  link.textContent = page.meta.title || page.url;
  text.className = "q";
  const excerpt = new DOMParser().parseFromString(page.excerpt, "text/html").body;
  for (const node of excerpt.childNodes) {
    if (node.nodeName === "MARK") { const mark = document.createElement("mark"); mark.textContent = node.textContent; text.append(mark); }
    else text.append(node.textContent);
  }
  head.append(link);
  line.append(kind, head, text);
  return line;
}

if (location.protocol !== "file:") {
  const asked = new URLSearchParams(location.search).get("q");
  at("no-search").hidden = true;
  box.hidden = false;
  if (asked) { field.value = asked; search(); }
  field.addEventListener("focus", start, { once: true });
  field.addEventListener("input", search);
  for (const choice of choices) choice.addEventListener("change", search);
  more.addEventListener("click", () => show());
}
})();
