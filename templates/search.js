// Search over the site's own index. Nothing is loaded before the field has the focus; results are written as text, never as markup.
"use strict";
(() => {
const at = (id) => document.getElementById(id);
const box = at("search"), field = at("q"), count = at("count"), list = at("results"), more = at("more");
const told = box.dataset, STEP = 20, number = new Intl.NumberFormat(told.language);
let engine, turn = 0, found = [], shown = 0;

async function start() {
  engine ??= import("../pagefind/pagefind.js").then(async (module) => { await module.init(); offer(await module.filters()); return module; });
  return engine;
}

function offer(all) {
  for (const set of document.querySelectorAll("[data-filter]")) {
    const names = Object.keys(all[set.dataset.filter] ?? {}).sort((x, y) => x.localeCompare(y, told.language));
    set.hidden = names.length < 2;
    [["", told.all], ...names.map((name) => [name, name])].forEach(([value, word], n) => {
      const label = document.createElement("label"), input = document.createElement("input");
      Object.assign(input, { type: "radio", name: `f-${set.dataset.filter}`, value, checked: n === 0 });
      input.addEventListener("change", search);
      label.append(input, word);
      set.append(label);
    });
  }
}

function chosen() {
  const filters = {};
  for (const input of document.querySelectorAll("[data-filter] input:checked")) if (input.value) filters[input.name.slice(2)] = input.value;
  return filters;
}

async function search() {
  const mine = ++turn, words = field.value.trim();
  const filters = chosen();
  if (!words && !Object.keys(filters).length) { count.textContent = ""; list.replaceChildren(); more.hidden = true; return; }
  const answer = await (await start()).search(words || null, { filters });
  if (mine !== turn) return;
  found = answer.results; shown = 0;
  list.replaceChildren();
  count.textContent = !found.length ? told.none : found.length === 1 ? told.one : told.many.replace("{n}", number.format(found.length));
  await show(mine);
}

async function show(mine = turn) {
  const pages = await Promise.all(found.slice(shown, shown + STEP).map((r) => r.data()));
  if (mine !== turn) return;
  shown += pages.length;
  list.append(...pages.map(item));
  more.hidden = shown >= found.length;
}

// a page as it is listed: what it is, its title, the words that match in bold, the place to go to
function item(page) {
  const line = document.createElement("li"), head = document.createElement("h2"), link = document.createElement("a"), text = document.createElement("p"), kind = document.createElement("p");
  kind.className = "kicker";
  kind.textContent = [page.filters?.type?.[0], page.filters?.outlet?.[0]].filter(Boolean).join(" · ");
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
  more.addEventListener("click", () => show());
}
})();
