// The preview's own: reloads the page when there is a newer one, and shows what keeps it from being so.
(() => {
  const here = document.currentScript;
  const base = here.src.replace(/preview\.js.*$/, "");
  let shown = null;

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = base + "preview.css";
  document.head.append(style);

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  function show(faults) {
    if (shown) shown.remove();
    shown = null;
    if (!faults.length) return;
    shown = document.createElement("section");
    shown.className = "site-gen-faults";
    shown.setAttribute("role", "alert");
    shown.setAttribute("aria-label", "Faults in the content");
    shown.append(element("h2", faults.length === 1 ? "1 fault" : faults.length + " faults"));
    const list = document.createElement("ol");
    for (const fault of faults) {
      const item = document.createElement("li");
      item.append(element("code", fault.where), " ", fault.what);
      if (fault.mend) item.append(element("span", fault.mend));
      list.append(item);
    }
    shown.append(list, element("p", "Shown is the last site without faults."));
    document.body.append(shown);
  }

  const events = new EventSource(base + "events");
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    if (now.faults.length) show(now.faults);
    else if (now.state !== here.dataset.state) location.reload();
    else show([]);
  };
  window.addEventListener("pagehide", () => events.close());
})();
