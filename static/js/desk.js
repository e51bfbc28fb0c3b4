// The keys of a desk and its ready phrases. Everything here can be done without it, too.
(() => {
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  const cases = () => [...document.querySelectorAll("[data-case]")];

  function step(by) {
    const all = cases();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) next.focus();
  }

  function follow(name) {
    const link = document.querySelector(`[data-${name}]`);
    if (link) link.click();
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => follow("next"),
    u: () => follow("back"),
    "/": () => document.getElementById("desk-q")?.focus(),
    "?": () => {
      const help = document.getElementById("desk-keys");
      if (help) help.open = !help.open;
    },
  };

  // A browser's viewer of a scan takes the focus when it is ready, and with it every key: it is given
  // back unless somebody went there by Tab or by pointer.
  let tabbed = false;
  const giveBack = () => {
    const frame = document.activeElement;
    if (frame?.tagName !== "IFRAME" || tabbed || frame.matches(":hover")) return;
    frame.blur();
    window.focus();
  };
  window.addEventListener("blur", () => setTimeout(giveBack));
  setTimeout(giveBack);

  document.addEventListener("keydown", (event) => {
    tabbed = event.key === "Tab";
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  for (const button of document.querySelectorAll("[data-phrase]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.into);
      if (!field) return;
      field.value += (field.value && !field.value.endsWith("\n") ? "\n" : "") + button.dataset.phrase;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
})();
