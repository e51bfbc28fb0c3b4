// node static/verify/cli.mjs evidence.json [--keys keys.json] [--lottery VALUE] [--cosignatures LIST]:
// exit 0 holds, 1 refused, 2 wrong usage (also a file that cannot be read), 3 undecided.
import { readFileSync, statSync } from "node:fs";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // older versions of node do not name it

const { verify } = await import("./draw.js");
const { MAX_FILE } = await import("./canonical.js");
const { faults, steps } = JSON.parse(readFileSync(new URL("./words.en.json", import.meta.url), "utf8"));
const SIGNS = new Map([[true, "✓"], [false, "✗"], [null, "?"]]);
const OPTIONS = ["--keys", "--lottery", "--cosignatures"];

const given = new Map(OPTIONS.map((name) => [name, []])), files = [];
for (const words = process.argv.slice(2); words.length;) {
  const word = words.shift();
  if (!word.startsWith("--")) files.push(word);
  else if (given.has(word) && words.length && !words[0].startsWith("--")) given.get(word).push(words.shift());
  else usage();
}
if (files.length !== 1) usage();

const text = read(files[0]), keys = given.get("--keys").map(read).at(-1), lists = given.get("--cosignatures").map(read);
const { ok, word, marks } = await verify(text, {
  keys, lottery: given.get("--lottery"), cosignatures: lists.length ? () => lists : undefined, always: true,
  onStep: ({ step, rule, ok: good, detail, fault, mark }) => {
    if (mark) return console.log(`! ${mark.code}${rule === null ? "" : ` [rule ${rule}]`} at ${mark.where} ${JSON.stringify(mark.facts)}`);
    const where = fault?.where ? ` at ${fault.where}` : "";
    const facts = fault ? ` ${JSON.stringify(fault.facts)}` : "";
    const said = fault ? detail : steps[detail] ?? detail;
    return console.log(`${SIGNS.get(good)} ${step}${rule === null ? "" : ` [rule ${rule}]`}: ${said}${where}${facts}`);
  },
});
if (word) console.log("when the source failed is the log's own word: hold it to the witness's list (--cosignatures)");
console.log((ok === true ? "VERIFIED" : ok === false ? "REFUSED" : "UNDECIDED") + (marks.length ? ` (listed with !: ${marks.length})` : ""));
process.exitCode = ok === true ? 0 : ok === false ? 1 : 3;

function read(path) {
  try {
    if (statSync(path).size > MAX_FILE) return " ".repeat(MAX_FILE + 1); // refused for its length, unread
    return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const facts = { path, reason: error.code ?? error.message };
    console.error(faults["log.missing"].replace(/\{(\w+)\}/g, (_, key) => facts[key]));
    return usage();
  }
}

function usage() {
  console.error("usage: node cli.mjs evidence.json [--keys keys.json] [--lottery VALUE] [--cosignatures LIST]");
  process.exit(2);
}
