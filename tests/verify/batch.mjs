// Verify many evidence files in one process: JSON list of {text, keys, lottery, cosignatures} on stdin, one JSON line each on stdout.
import { readFileSync } from "node:fs";
import { verify } from "../../static/verify/draw.js";

for (const { text, keys, lottery, cosignatures } of JSON.parse(readFileSync(0, "utf8"))) {
  const { ok, fault, steps, word, marks } = await verify(text, {
    keys: keys ?? undefined, lottery: lottery ?? [], cosignatures: cosignatures ? () => cosignatures : undefined, always: true });
  const open = steps.filter((step) => step.ok === null).map((step) => step.detail);
  console.log(JSON.stringify({ ok, code: fault?.code ?? null, rule: fault?.rule ?? null, where: fault?.where ?? null, open, word, marks: marks.map((mark) => mark.code) }));
}
