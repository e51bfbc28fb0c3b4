// Narrows a long list of choices while one types: by code, name, category, or the initials of the pinyin. Without it the
// list stands whole.
"use strict";
(() => {
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function ofSelect(select) {
    const groups = [...select.children].map((child) => [child, [...child.children]]);
    const options = [...select.querySelectorAll("option")];
    return {
      options,
      show(found) {
        const chosen = select.value;
        for (const [child, inside] of groups) {
          if (child.tagName !== "OPTGROUP") continue;
          child.replaceChildren(...inside.filter((option) => found.has(option) || option.value === chosen));
          child.hidden = !child.children.length;
        }
        select.value = chosen;
      },
      take(option) {
        if (select.value === option.value) return;
        select.value = option.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
    };
  }

  function ofBoxes(form) {
    const options = [...form.querySelectorAll("input[data-find]")];
    const groups = [...form.querySelectorAll("[data-find-group]")];
    const line = (option) => option.closest(".govuk-checkboxes__item");
    return {
      options,
      show(found) {
        for (const option of options) line(option).hidden = !found.has(option) && !option.checked;
        for (const group of groups) group.hidden = !group.querySelector(".govuk-checkboxes__item:not([hidden])");
      },
      take() {},
    };
  }

  function follow(box) {
    const target = document.getElementById(box.dataset.finds);
    if (!target) return;
    const list = target.tagName === "SELECT" ? ofSelect(target) : ofBoxes(target);
    const input = box.querySelector("input");
    const said = box.querySelector("[role=status]");
    const counted = list.options.filter((option) => option.dataset.find);

    function narrow() {
      const parts = plain(input.value).split(/\s+/).filter(Boolean);
      const found = counted.filter((option) => parts.every((part) => option.dataset.find.includes(part)));
      list.show(new Set(found));
      if (parts.length && found.length === 1) list.take(found[0]);
      said.textContent = parts.length ? box.dataset.count.replace("{count}", found.length) : "";
    }

    input.addEventListener("input", (event) => {
      if (!event.isComposing) narrow();
    });
    input.addEventListener("compositionend", narrow);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // The form is not sent by finding.
      if (event.key === "ArrowDown" && target.tagName === "SELECT") target.focus();
    });
    box.hidden = false;
  }

  addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-finds]")) follow(box);
  });
})();
