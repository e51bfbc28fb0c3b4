// 综合评分 and 方案比选, the arithmetic alone: from marks, quotes, credit and promised days to the order. The twin of
// verify/zjcs/scored.py, written independently of it. Amounts are fen, scores hundredths of a point; products go through BigInt.
import { Fault, jcs } from "./canonical.js";
import { hashHex } from "./sha256.js";

const FULL = 10000, TRIM_FROM = 5;

/** The quotient as a whole number, a half up. Takes whole numbers above zero of any size. */
export function halfUp(number, by) {
  const [a, b] = [BigInt(number), BigInt(by)];
  return Number((2n * a + b) / (2n * b));
}

export const digest = (label, value) => hashHex(`${label}\n${jcs(value)}`);
const sum = (list) => list.reduce((total, each) => total + each, 0);
const inner = (values) => {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending.length >= TRIM_FROM ? ascending.slice(1, -1) : ascending;
};
const mean = (values) => {
  const counted = inner(values);
  return halfUp(sum(counted), counted.length);
};

/** What a sheet gives one proposal. */
export const sheetScore = (criteria, marks) =>
  halfUp(sum(criteria.map(({ weight }, at) => weight * marks[at])) * 100, sum(criteria.map(({ weight }) => weight)));

/** The scores of quotes: Map ref -> fen to Map ref -> hundredths. */
export function priceScores(formula, quotes) {
  const values = [...quotes.values()];
  if (formula === "low_first") {
    const lowest = Math.min(...values);
    return new Map([...quotes].map(([ref, quote]) => [ref, halfUp(BigInt(lowest) * BigInt(FULL), quote)]));
  }
  const counted = inner(values), count = BigInt(counted.length), total = BigInt(sum(counted));
  return new Map([...quotes].map(([ref, quote]) => {
    const distance = BigInt(quote) * count - total, points = distance > 0n ? 100n : 50n;
    const left = BigInt(FULL) * total - points * 100n * (distance < 0n ? -distance : distance);
    return [ref, left > 0n ? halfUp(left, total) : 0];
  }));
}

const DAYS_FLOOR = 70; // per cent of the notice's days; nobody is better for promising less

/** What promised days get: Map ref -> days to Map ref -> hundredths. */
export const daysScores = (limit, days) => new Map([...days].map(([ref, each]) => {
  const left = limit - each;
  return [ref, left > 0 ? Math.min(FULL, halfUp(BigInt(left) * 100n * BigInt(FULL), BigInt(limit) * BigInt(100 - DAYS_FLOOR))) : 0];
}));

/** Who promised no days has no score, least of all the best. */
function promised(ref, days) {
  if (days === null || days === undefined) throw new Fault("scored.row", { no: ref });
  return days;
}

/** The parts of a total beside price and proposals: [weight, Map ref -> hundredths] each. `offers`: Map ref -> {credit, days}. */
function formulas({ credit, response }, offers) {
  const found = [];
  if (credit) found.push([credit.weight, new Map([...offers].map(([ref, offer]) => [ref, offer.credit ?? credit.mean]))]);
  if (response) found.push([response.weight, daysScores(response.limit, new Map([...offers].map(([ref, { days }]) => [ref, promised(ref, days)])))]);
  return found;
}

/** What follows: {order, failure, invalid, totals}. `offers`: Map ref -> {amount, days, credit}; `sheets`: Map ref -> scores of its sheets. */
export function outcome(rule, offers, sheets, seed) {
  const quotes = new Map([...offers].map(([ref, { amount }]) => [ref, amount]));
  const proposals = new Map([...quotes.keys()].map((ref) => [ref, mean(sheets.get(ref))])), invalid = new Map();
  const { floor = null, ceiling = null } = rule.quote_rule;
  for (const [ref, quote] of quotes) {
    if (proposals.get(ref) < rule.pass_mark * 100) invalid.set(ref, "below_pass_mark");
    else if (quote < Math.max(floor ?? 0, 1)) invalid.set(ref, "below_floor");
    else if (ceiling !== null && quote > ceiling) invalid.set(ref, "above_ceiling");
  }
  const valid = new Map([...quotes].filter(([ref]) => !invalid.has(ref)));
  if (!valid.size) {
    const isBelow = invalid.size > 0 && [...invalid.values()].every((code) => code === "below_pass_mark");
    return { order: [], failure: isBelow ? "ALL_BELOW_MARK" : "ALL_QUOTES_INVALID", invalid, totals: new Map() };
  }
  if (!rule.price) return byProposals(proposals, invalid, seed);
  const columns = [
    [rule.price.weight, priceScores(rule.price.formula, valid)], [sum(rule.criteria.map(({ weight }) => weight)), proposals],
    ...formulas(rule, new Map([...offers].filter(([ref]) => valid.has(ref)))),
  ];
  const part = (score, weight) => halfUp(score * weight * 100, FULL);
  const totals = new Map([...valid.keys()].map((ref) => [ref, sum(columns.map(([weight, column]) => part(column.get(ref), weight)))]));
  const ticket = (ref) => hashHex(`zjcs-draw/1/tie\n${seed}\n${ref}`);
  const order = [...valid.keys()].sort((a, b) => totals.get(b) - totals.get(a) || valid.get(a) - valid.get(b)
    || proposals.get(b) - proposals.get(a) || (ticket(a) < ticket(b) ? -1 : 1));
  return { order, failure: null, invalid, totals };
}

/** Where proposals alone rank, their scores are the totals, and equals are ordered by the ticket. */
function byProposals(proposals, invalid, seed) {
  const totals = new Map([...proposals].filter(([ref]) => !invalid.has(ref)));
  const ticket = (ref) => hashHex(`zjcs-draw/1/tie\n${seed}\n${ref}`);
  const order = [...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a) || (ticket(a) < ticket(b) ? -1 : 1));
  return { order, failure: null, invalid, totals };
}
