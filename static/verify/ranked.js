// The orders of the ways that rank, by the `rule` of their notice. The twin of verify/zjcs/ranked.py: whole numbers (BigInt) alone,
// equals by the tickets of the seed.
import { hashHex } from "./sha256.js";

const TRIM_FROM = 5; // from so many quotes on, one highest and one lowest are left out of the mean
const big = (amounts) => new Map([...amounts].map(([ref, amount]) => [ref, BigInt(amount)]));
const compared = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** The ticket (hex) of an entrant among equals. */
export const tieTicket = (seed, ref) => hashHex(`zjcs-draw/1/tie\n${seed}\n${ref}`);

/** Ascending by keys (ref -> whole numbers); those equal in every key by their tickets: [{ref, ticket?}]. */
export function byKeys(keys, seed) {
  const count = new Map(), name = (ref) => keys.get(ref).join("/");
  for (const ref of keys.keys()) count.set(name(ref), (count.get(name(ref)) ?? 0) + 1);
  const rows = [...keys.keys()].map((ref) => (count.get(name(ref)) > 1 ? { ref, ticket: tieTicket(seed, ref) } : { ref }));
  return rows.sort((a, b) => {
    const [one, other] = [keys.get(a.ref), keys.get(b.ref)];
    const place = one.findIndex((key, index) => key !== other[index]);
    return place >= 0 ? compared(one[place], other[place]) : compared(a.ticket, b.ticket);
  });
}

/** The quotes that make the mean: ascending, from five on without one highest and one lowest. */
function inner(quotes) {
  const ordered = [...quotes.values()].sort(compared);
  return ordered.length >= TRIM_FROM ? ordered.slice(1, -1) : ordered;
}

const sum = (values) => values.reduce((total, value) => total + value, 0n);
const absolute = (value) => (value < 0n ? -value : value);

function lowest(amounts, seed) {
  return byKeys(new Map([...big(amounts)].map(([ref, quote]) => [ref, [quote]])), seed);
}

function average(amounts, seed) {
  const quotes = big(amounts), counted = inner(quotes), count = BigInt(counted.length), total = sum(counted);
  return byKeys(new Map([...quotes].map(([ref, quote]) => [ref, [absolute(count * quote - total), quote]])), seed);
}

/** `rule` of a notice -> the order that follows from the amounts (ref -> fen) and the seed (hex). */
export const ORDERS = { lowest, average, auction_live: lowest, auction_rounds: lowest };

/** The price (fen) by which a way measures everybody, half up; null where it has none. */
export function reference(rule, amounts) {
  if (rule !== "average" || !amounts.size) return null;
  const counted = inner(big(amounts)), count = BigInt(counted.length);
  return (2n * sum(counted) + count) / (2n * count);
}
