// node static/verify/cli.mjs evidence.json [--keys keys.json] [--lottery VALUE] [--cosignatures LIST]: exit 0 holds, 1 refused, 3 undecided.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // older versions of node do not name it

const { verify } = await import("./draw.js");
const MARKS = new Map([[true, "✓"], [false, "✗"], [null, "?"]]);

const [file, ...rest] = process.argv.slice(2);
const lottery = [], lists = [];
let keys;
for (let i = 0; i < rest.length; i += 2) {
  if (rest[i] === "--keys") keys = readFileSync(rest[i + 1], "utf8");
  else if (rest[i] === "--lottery") lottery.push(rest[i + 1]);
  else if (rest[i] === "--cosignatures") lists.push(readFileSync(rest[i + 1], "utf8"));
  else usage();
}
if (!file) usage();

const { ok, word } = await verify(new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(readFileSync(file)), {
  keys, lottery, cosignatures: lists.length ? () => lists : undefined, always: true,
  onStep: ({ step, rule, ok: good, detail, fault }) => {
    const where = fault?.where ? ` at ${fault.where}` : "";
    const facts = fault ? ` ${JSON.stringify(fault.facts)}` : "";
    console.log(`${MARKS.get(good)} ${step}${rule === null ? "" : ` [rule ${rule}]`}: ${detail}${where}${facts}`);
  },
});
if (word) console.log("when the source failed is the log's own word: hold it to the witness's list (--cosignatures)");
console.log(ok === true ? "VERIFIED" : ok === false ? "REFUSED" : "UNDECIDED");
process.exitCode = ok === true ? 0 : ok === false ? 1 : 3;

function usage() {
  console.error("usage: node cli.mjs evidence.json [--keys keys.json] [--lottery VALUE] [--cosignatures LIST]");
  process.exit(2);
}
