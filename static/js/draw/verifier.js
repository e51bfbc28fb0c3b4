// 自己验算: static/verify run over evidence.json in this page, each step ticked off as it passes.
import { verify } from "../../verify/draw.js";

const STATE = new Map([[true, "ok"], [false, "no"], [null, "open"]]);
class Unreachable extends Error {}
const pause = () => new Promise((resume) => setTimeout(resume, 60));

/** Run every check and say the verdict; `keys` is the text of a pinned keys.json, if the visitor chose one. */
export async function runVerifier(part, { evidence, cosignatures, faults, words, keys }) {
  const verdict = part.querySelector("[data-verdict]"), text = part.querySelector("[data-verdict-text]");
  const limits = part.querySelector("[data-limits]"); // on what the verdict rests, and what it does not say
  for (const step of part.querySelectorAll("[data-step]")) {
    delete step.dataset.state;
    step.querySelector("[data-said]").textContent = "";
  }
  for (const row of part.querySelectorAll("[data-remark]")) row.remove();
  verdict.hidden = false;
  text.textContent = limits.textContent = "";
  const onStep = async (step) => {
    if (step.mark) return remark(part, await sentence(step.mark, faults, words));
    const row = part.querySelector(`[data-step="${step.step}"]`);
    if (row) {
      row.dataset.state = STATE.get(step.ok);
      if (step.fault) row.querySelector("[data-said]").textContent = await sentence(step.fault, faults, words);
    }
    return pause();
  };
  try {
    const { ok, marks } = await verify(await read(evidence), { keys, cosignatures: async () => [await read(cosignatures)], onStep });
    const said = ok === true ? words.ok : ok === false ? words.refused : words.undecided;
    text.textContent = marks.length ? `${said} ${words.marked}` : said;
    if (ok !== false) limits.textContent = [keys ? words.pinned : words.claimed, words.whole].join(" ");
    return ok;
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    text.textContent = words.unavailable;
    return null;
  }
}

/** A line beside the steps: no rule refuses it, and somebody has to answer for it. */
function remark(part, said) {
  const row = document.createElement("li"), mark = document.createElement("span"), text = document.createElement("span");
  row.dataset.remark = "";
  row.dataset.state = "open";
  mark.className = "mk-check__mark";
  mark.setAttribute("aria-hidden", "true");
  text.textContent = `! ${said}`;
  row.append(mark, text);
  part.querySelector(".mk-check").append(row);
  return pause();
}

/** The text at an address; a page that says why it cannot answer is no file, and nobody is to be accused over it. */
async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) throw new Unreachable(address);
  return answer.text();
}

/** What a fault says, in the reader's language; its code where there are no words for it. */
async function sentence(fault, address, words) {
  if (fault.code === "signature.no_support") return words.unsupported;
  const known = await fetch(address).then((answer) => answer.json()).catch(() => ({}));
  const text = known[fault.code] ?? fault.code;
  const said = text.replace(/\{(\w+)\}/g, (hole, name) => fault.facts?.[name] ?? hole);
  return [fault.where, said].filter(Boolean).join(": ");
}
