// Seals a quote in the entrant's own browser, so that the server never reads it, and keeps its token here. Without this script
// the form is sent as it is, and the page says what that means.
import { Fault, parse } from "../verify/canonical.js";
import { hundredths, promiseOf, sealEntry } from "../verify/sealing.js";

// What a separator may mean is never guessed: commas and blanks stand before groups of three, or the quote is asked for again.
const READ = {
  quote_fen: /^(?:人民币|RMB|CNY)? ?[¥\u00a5]? ?([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(\.[0-9]{1,2})? ?(?:[元圆][整正]?)?$/i,
  rate_bp: /^([0-9]{1,2})(\.[0-9]{1,2})? ?%?$/,
};

const canSeal = Boolean(globalThis.crypto?.subtle);
const keyOf = (commit) => `zjcs-token-${commit}`;

function remember(commit, token) {
  try {
    localStorage.setItem(keyOf(commit), token);
  } catch {
    // a private window: the file that is offered is all there is
  }
}

function recall(commit) {
  try {
    return localStorage.getItem(keyOf(commit));
  } catch {
    return null;
  }
}

function offer(link, name, value) {
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" }));
  link.download = name;
  link.textContent = name;
  link.closest("[hidden]")?.removeAttribute("hidden");
}

/** A typed quote as plain digits, also of full width. Throws Fault `quote.amount` where it can be read in two ways or in none. */
function digits(field) {
  const found = READ[field.name].exec(field.value.normalize("NFKC").trim());
  if (!found) throw new Fault("quote.amount");
  return found[1].replace(/[, ]/g, "") + (found[2] ?? "");
}

/** How a quote is read back to who typed it: ¥98,765.43 or 8.50%. */
function readBack(field, quote) {
  const shown = (quote / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return field.name === "rate_bp" ? `${shown}%` : `¥${shown}`;
}

/** Tokens that this browser made: filled in where they are asked for, offered where they can be saved. */
function tokens() {
  for (const input of document.querySelectorAll("input[data-commit]")) {
    const token = recall(input.dataset.commit);
    if (token !== null && input.value === "") input.value = token;
  }
  for (const link of document.querySelectorAll("a[data-token-of]")) {
    const { tokenOf: commit, draw } = link.dataset, token = recall(commit);
    if (token !== null) offer(link, `${draw}.token.json`, { commit, draw, token });
  }
}

class Sealing {
  constructor(form) {
    const at = (name) => form.querySelector(`[data-${name}]`);
    const quote = form.elements.quote_fen ?? form.elements.rate_bp;
    Object.assign(this, { form, quote, days: form.elements.response, sealed: form.elements.sealed, made: form.elements.made });
    Object.assign(this, { done: at("done"), error: at("seal-error"), button: at("send"), words: JSON.parse(form.dataset.words) });
    this.leaf = parse(form.dataset.promise);
    this.more = JSON.parse(form.dataset.more); // digests of the files that the entry names: they stand in the opening
    this.plain = this.button.textContent;
    at("by-server").hidden = true;
    at("by-browser").hidden = false;
    at("by-tool")?.setAttribute("hidden", "");
    at("anew").addEventListener("click", () => this.open());
    form.addEventListener("submit", (event) => this.send(event));
    if (this.made.value === "browser" && this.sealed.value) this.close(parse(this.sealed.value)); // a page that came back carries the box
    else this.button.textContent = this.words.seal;
  }

  async send(event) {
    if (this.sealed.value !== "" || this.typed().every((field) => field.value.trim() === "")) return; // sealed, or nothing typed: the server says so
    event.preventDefault();
    this.error.hidden = true;
    try {
      const quote = hundredths(digits(this.quote));
      const { posted, kept } = await sealEntry(promiseOf(this.leaf), this.form.dataset.agency, quote, { ...this.more, ...this.promised() });
      this.form.querySelector("[data-read]").textContent = readBack(this.quote, quote);
      remember(posted.commit, kept.token);
      this.sealed.value = JSON.stringify(posted);
      this.made.value = "browser";
      offer(this.form.querySelector("[data-save]"), `${posted.draw}.token.json`, { ...kept, posted });
      this.close(posted);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      this.error.textContent = this.words[fault.code] ?? fault.code;
      this.error.hidden = false;
      this.quote.focus();
    }
  }

  /** The promise of days, where the notice asks for one: it is sealed beside the quote. */
  promised() {
    if (this.days === undefined) return {};
    const days = /^[0-9]{1,4}$/.test(this.days.value.trim()) ? Number(this.days.value) : 0;
    if (days < 1 || days > Number(this.form.dataset.days)) throw new Fault("quote.days");
    return { response: days };
  }

  /** The quote is in the box; it leaves the page. */
  close(posted) {
    for (const field of this.typed()) {
      field.value = "";
      field.disabled = true;
    }
    this.form.querySelector("[data-hash]").textContent = posted.box_sha256;
    this.done.hidden = false;
    this.button.textContent = this.plain;
    this.button.focus();
  }

  typed() {
    return [this.quote, this.days].filter((field) => field !== undefined);
  }

  /** Another quote. */
  open() {
    this.sealed.value = "";
    this.made.value = "";
    for (const field of this.typed()) field.disabled = false;
    this.form.querySelector("[data-read]").textContent = "";
    this.done.hidden = true;
    this.button.textContent = this.words.seal;
    this.quote.focus();
  }
}

tokens();
if (canSeal) for (const form of document.querySelectorAll("form[data-promise]")) new Sealing(form);
