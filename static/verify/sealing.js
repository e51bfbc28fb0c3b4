// From a quote to what is posted and what is kept. Written apart from verify/zjcs/sealing.py.
import { boxHash, seal, SUITE } from "./boxes.js";
import { Fault, jcs } from "./canonical.js";
import { hex, join, sha256, unhex, utf8 } from "./sha256.js";

const MOST = { quote_fen: 1e15, rate_bp: 9999 };
const LEAST = { quote_fen: 1, rate_bp: 0 };
const DRAW = /^[A-Z]{2}-[0-9]{6}-[0-9]{4}-[0-9]{5,}(-[1-9][0-9]*)?(\.price)?$/;
const REF = /^A([0-9]{6}|[1-9][0-9]{6,})$/;
const bound = (value) => value === null || value === undefined || Number.isSafeInteger(value);

/** What a notice leaf promises of its quotes: {draw, t, trustees, kind, floor, ceiling}. Throws Fault `quote.promise`. */
export function promiseOf(leaf) {
  const sealed = leaf?.sealed_quotes, rule = leaf?.quote_rule;
  const holds = sealed?.suite === SUITE && Number.isInteger(sealed.t) && Array.isArray(sealed.keys)
    && sealed.keys.every((key) => typeof key?.id === "string" && /^04[0-9a-f]{128}$/.test(key.pk))
    && Object.hasOwn(MOST, rule?.kind ?? "") && bound(rule.floor) && bound(rule.ceiling)
    && typeof leaf.draw === "string" && DRAW.test(leaf.draw);
  if (!holds) throw new Fault("quote.promise");
  const { kind, floor = null, ceiling = null } = rule;
  return { draw: leaf.draw, t: sealed.t, trustees: sealed.keys.map(({ id, pk }) => ({ id, pk })), kind, floor, ceiling };
}

/** Yuan or percent with at most two decimals as fen or basis points. Throws Fault `quote.amount`. */
export function hundredths(text) {
  const found = /^([0-9]{1,13})(?:\.([0-9]{1,2}))?$/.exec(text.trim());
  if (!found) throw new Fault("quote.amount", { amount: text });
  return Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

/** The amount (fen) that a quote offers. */
export function amountOf(kind, quote, ceiling) {
  if (kind === "quote_fen") return quote;
  if (ceiling === null) throw new Fault("quote.rule");
  return Number((2n * BigInt(ceiling) * BigInt(10000 - quote) + 10000n) / 20000n);
}

/** Seal a quote of an agency: {posted, kept}. `more` is what else the opening says. Throws Fault `quote.*`. */
export async function sealEntry(promise, agency, quote, more = {}) {
  const { draw, t, trustees, kind, floor, ceiling } = promise;
  if (!REF.test(agency)) throw new Fault("quote.agency", { agency });
  if (!(quote >= LEAST[kind] && quote <= MOST[kind])) throw new Fault("quote.amount", { amount: quote });
  const amount = amountOf(kind, quote, ceiling);
  if (floor !== null && amount < floor) throw new Fault("quote.bounds", { bound: "below_floor" });
  if (ceiling !== null && amount > ceiling) throw new Fault("quote.bounds", { bound: "above_ceiling" });
  const random = (size) => globalThis.crypto.getRandomValues(new Uint8Array(size));
  const covered = { agency, draw, nonce: hex(random(16)), [kind]: quote, ...more };
  const salt = random(16), opening = { ...covered, salt: hex(salt) };
  const box = await seal(utf8(jcs(opening)), { draw, agency, kind: "quote", t }, trustees);
  const token = random(32), named = { agency, draw, v: 1 };
  return {
    posted: {
      ...named,
      box: btoa(Array.from(box, (byte) => String.fromCharCode(byte)).join("")),
      box_sha256: await boxHash(box),
      commit: hex(sha256(join(utf8("zjcs/entry/1\n"), salt, utf8(jcs(covered))))),
      undo: hex(sha256(join(utf8("zjcs/withdraw/1\n"), token))),
    },
    kept: { ...named, opening, token: hex(token) },
  };
}

/** The hash that a token undoes. */
export const undoOf = (token) => hex(sha256(join(utf8("zjcs/withdraw/1\n"), unhex(token))));
