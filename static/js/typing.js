// Who types is there: keeps the session while keys are pressed, warns two minutes before it ends, saves long texts.
// Nothing here is needed: without it a form that comes too late is shown again after signing in (ADR 0037).
"use strict";
(() => {
  const box = document.getElementById("mk-session");
  if (!box) return;
  const WARNING = 120_000; // ms before the end
  const BEAT = 60_000; // ms between two signs of life
  const SAVING = 10_000; // ms after the last key
  const meta = document.querySelector('meta[name="server-now"]');
  const ahead = meta ? Date.parse(meta.content) - Date.now() : 0;
  const now = () => Date.now() + ahead;
  const said = box.querySelector("#mk-session-text");
  const stay = box.querySelector("[data-stay]");
  let over = Date.parse(box.dataset.over);
  let last = Date.parse(box.dataset.last);
  let beatAt = now();
  let ended = false;
  let leaving = false;

  async function ask(method, body) {
    const answer = await fetch("/typing", {
      method,
      body,
      redirect: "manual",
      headers: { "X-CSRFToken": document.querySelector("input[name=csrf_token]").value, Accept: "application/json" },
    });
    if (answer.type === "opaqueredirect" || answer.status === 400) return null; // the session has ended
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    over = Date.parse(told.over);
    last = Date.parse(told.last);
    return told;
  }

  function left() {
    const seconds = Math.max(0, Math.ceil((Math.min(over, last) - now()) / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function show(text, canStay) {
    if (said.textContent !== text) said.textContent = text;
    stay.hidden = !canStay;
    box.hidden = false;
  }

  let looking = false;
  async function look() {
    if (ended || looking) return;
    const end = Math.min(over, last);
    if (now() < end - WARNING) {
      box.hidden = true;
      return;
    }
    looking = true;
    try {
      // Another tab may have kept the session; asking does not.
      if (box.hidden || now() >= end) ended = (await ask("GET")) === null;
    } catch {
      // the network: the countdown goes on
    } finally {
      looking = false;
    }
    if (ended) show(box.dataset.ended, false);
    else if (now() >= Math.min(over, last) - WARNING) {
      const isLast = last <= over;
      show((isLast ? box.dataset.lastSoon : box.dataset.soon).replace("{left}", left()), !isLast);
    }
  }

  async function here(body) {
    beatAt = now();
    try {
      const told = await ask("POST", body ?? new URLSearchParams());
      if (told === null) {
        ended = true;
        show(box.dataset.ended, false);
      } else look();
      return told;
    } catch {
      return null; // the next key tries again
    }
  }

  const timers = new WeakMap();
  const LONG = "form:has(textarea):has(input[name=sheet])";

  function texts(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const field = form.elements.namedItem(name);
      if (typeof value === "string" && field?.type !== "password" && name !== "csrf_token") body.append(name, value);
    }
    body.set("page_sheet", body.get("sheet"));
    body.delete("sheet");
    body.set("sheet_action", new URL(form.action).pathname);
    return body;
  }

  async function save(form) {
    const told = leaving ? null : await here(texts(form));
    if (!told?.saved) return;
    if (!form.querySelector("input[name=sheet_saved]")) {
      form.insertAdjacentHTML("afterbegin", '<input type="hidden" name="sheet_saved" value="1">');
    }
    let note = form.querySelector(".mk-saved");
    if (!note) {
      note = document.createElement("p");
      note.className = "govuk-hint mk-saved";
      note.setAttribute("role", "status");
      form.append(note);
    }
    note.textContent = box.dataset.saved.replace("{time}", told.saved);
  }

  document.addEventListener("input", (event) => {
    if (ended) return;
    const form = event.target.closest?.(LONG);
    if (form) {
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(save, SAVING, form));
    }
    if (now() - beatAt >= BEAT) here();
  });
  document.addEventListener("submit", (event) => {
    clearTimeout(timers.get(event.target));
    leaving = event.target.method === "post";
  });
  addEventListener("pageshow", () => (leaving = false));
  stay.addEventListener("click", () => here());
  setInterval(look, 1000);
})();
