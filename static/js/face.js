// Small own behaviours. Every page works without them; this only saves a reload and lets the time tick.
"use strict";
(() => {
  document.body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

  const meta = document.querySelector('meta[name="server-now"]');
  const ahead = meta ? Date.parse(meta.content) - Date.now() : 0; // A visitor's own clock may be wrong.
  const now = () => Date.now() + ahead;
  const two = (number) => String(number).padStart(2, "0");

  function words(element, left) {
    if (left <= 0) return element.dataset.over;
    const days = Math.floor(left / 86400);
    const clock = `${two(Math.floor(left / 3600) % 24)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    const time = days ? element.dataset.days.replace("{days}", days).replace("{clock}", clock) : clock;
    return element.dataset.left.replace("{time}", time);
  }

  function tick() {
    // Asked for anew each second: a live page puts new ones in.
    for (const element of document.querySelectorAll("time[data-countdown]")) {
      if (!element.title) element.title = element.textContent.trim();
      const left = Math.ceil((Date.parse(element.dateTime) - now()) / 1000);
      const text = words(element, left);
      if (element.textContent !== text) element.textContent = text;
      element.classList.toggle("mk-countdown--soon", left > 0 && left < 3600);
      if (left <= 0 && !element.dataset.ended) {
        element.dataset.ended = "1";
        element.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
      }
    }
  }

  function countDown() {
    tick();
    setInterval(tick, 1000);
  }

  // 适老化: the links work by reload; here they switch at once and are remembered in the same cookies.
  function switchViews() {
    for (const link of document.querySelectorAll("a[data-view]")) {
      const name = link.dataset.view;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const on = document.documentElement.classList.toggle(`mk-${name}`);
        const secure = location.protocol === "https:" ? "; Secure" : "";
        document.cookie = `${name}=${on ? 1 : 0}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
        link.textContent = on ? link.dataset.on : link.dataset.off;
      });
    }
  }

  addEventListener("DOMContentLoaded", () => {
    countDown();
    switchViews();
  });
})();
