// n and p go to the next and the previous change while the changes have the focus; everything else on these pages works without JavaScript.
"use strict";
const stops = [...document.querySelectorAll(".change, .pr.stop")];
let at = -1;
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
  if (!document.activeElement?.closest?.(".diff, .diff-keys")) return; // a single key acts only where the changes have the focus (WCAG 2.1.4)
  const step = event.key === "n" ? 1 : event.key === "p" ? -1 : 0;
  if (!step || !stops.length) return;
  at = Math.min(stops.length - 1, Math.max(0, at + step));
  stops[at].focus();
});
// a link to a row inside a closed <details> opens it
function reveal() {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* an address can hold a lone %: it is taken as it stands */ }
  const target = name && document.getElementById(name);
  for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();
// everything is open on paper
addEventListener("beforeprint", () => document.querySelectorAll("details:not(.answer)").forEach((d) => (d.open = true)));
// what needs a server, search, is shown where there is one
if (location.protocol !== "file:") document.querySelectorAll(".needs-server").forEach((node) => node.classList.add("on"));
// what needs a script says so only where there is one
document.querySelectorAll(".needs-script").forEach((node) => node.classList.add("on"));
