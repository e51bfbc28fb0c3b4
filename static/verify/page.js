// Verify a draw in the visitor's own browser and tick off the steps. Progressive: the page says the same without it.
//
//   <section id="verify" data-evidence="/draws/XQ-.../evidence.json" data-words="/static/verify/words.zh.json"
//            data-keys="(optional) keys.json" data-cosignatures="(optional) /draws/XQ-.../cosignatures.json">
//     <button type="button" data-verify-start>…</button>   optional: without a button the check starts by itself
//     <ol id="verify-steps"></ol><p id="verify-verdict" role="status"></p>
//   </section>
//   <script type="module" src="/static/verify/page.js"></script>
import { verify } from "./draw.js";

const MARKS = new Map([[true, ["✓", "verify-ok"]], [false, ["✗", "verify-bad"]], [null, ["?", "verify-open"]]]);
const root = document.getElementById("verify");
const button = root?.querySelector("[data-verify-start]");

if (button) button.addEventListener("click", run);
else if (root) run();

async function run() {
  const list = document.getElementById("verify-steps"), verdict = document.getElementById("verify-verdict");
  const { evidence, words: wordsUrl, keys: keysUrl, cosignatures: listUrl, unreachable = "✗" } = root.dataset;
  if (button) button.disabled = true;
  list.replaceChildren();
  verdict.textContent = "…";
  verdict.className = "";
  try {
    const [text, words, keys] = await Promise.all([read(evidence), read(wordsUrl).then(JSON.parse), keysUrl ? read(keysUrl) : undefined]);
    const { ok, word, marks } = await verify(text, {
      keys, cosignatures: listUrl ? async () => [await read(listUrl)] : undefined,
      onStep: async (step) => {
        list.append(line(step, words));
        await new Promise((go) => setTimeout(go, 0)); // let the tick be painted
      },
    });
    const name = ok === true ? "good" : ok === false ? "bad" : "undecided";
    const listed = marks.length ? [`${words.steps.marked} ${marks.length}`] : [];
    verdict.textContent = [words.steps[name], ...listed, words.steps.as_of, ...(word ? [words.steps.failure_word] : []), ...(keys ? [] : [words.steps.claimed])].join(" · ");
    verdict.className = MARKS.get(ok)[1];
  } catch (error) {
    verdict.textContent = `${unreachable} ${error.message}`;
    verdict.className = "verify-bad";
  } finally {
    if (button) button.disabled = false;
  }
}

async function read(url) {
  const answer = await fetch(url, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.text();
}

function line({ step, rule, ok, detail, fault, mark: listed }, words) {
  const [mark, style] = listed ? ["!", "verify-mark"] : MARKS.get(ok);
  const item = document.createElement("li");
  item.className = style;
  item.dataset.step = step;
  const name = `${mark} ${words.steps[step] ?? step}`;
  const number = rule === null ? "" : fill(words.rule, { rule });
  const about = fault ?? listed;
  const said = about ? sentence(about, words) : words.steps[detail] ?? detail;
  item.textContent = said ? `${name}${number}: ${said}` : name + number;
  return item;
}

function sentence(fault, words) {
  const text = words.faults[fault.code];
  const where = fault.where ? `${fault.where}: ` : "";
  return where + (text === undefined ? `${fault.code} ${JSON.stringify(fault.facts)}` : fill(text, fault.facts));
}

function fill(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(facts, key) ? String(facts[key]) : "…"));
}
