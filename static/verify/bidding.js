// Rule 18: an auction is replayed from its bids. The twin of verify/zjcs/bidding.py and bids.py: amounts in fen, instants in ms.
import { raise, SLACK } from "./case.js";

const MS = 1000, NOTICE = 1800, LEAST_GAP = 60;
export const NO_BID = "auction.no_bid", AUCTIONS = ["auction_live", "auction_rounds"];
const KINDS = ["auction.opened", "auction.bid", "auction.frozen", "auction.resumed", "auction.closed"];

/** What a live auction asks: each valid new low moves the end; at the floor others may match. */
function live(said) {
  const { start, first_end: first, countdown, hard_stop: stop, step, floor, ceiling } = said, span = countdown * MS;
  return {
    begins: () => ({ start: start * MS, end: Math.min(first, stop) * MS, stop: stop * MS, low: null, frozen: null, done: 0 }),
    refusal: (state, { at, amount }, own) => {
      if (own && amount >= own.amount) return "step";
      if (at < state.start) return "early";
      if (at >= state.end) return "late";
      if (amount < floor) return "below_floor";
      if (state.low === null) return amount > ceiling ? "above_ceiling" : null;
      return amount <= state.low - step || amount === floor ? null : "step";
    },
    taken: (state, { at, amount }) => {
      if (state.low !== null && amount >= state.low) return state;
      return { ...state, low: amount, end: Math.max(state.end, Math.min(at + span, state.stop)) };
    },
    resumed: (state, from) => {
      const moved = state.stop + from - state.frozen;
      return { ...state, start: from, end: Math.min(from + span, moved), stop: moved, frozen: null };
    },
  };
}

/** What an auction in rounds asks: one bid a round, each at least `step` below one's own last. */
function rounds(said) {
  const { start, rounds: count, length, pause, step, floor, ceiling } = said, whole = (length + pause) * MS;
  const lasts = (number) => number * whole - pause * MS;
  return {
    begins: () => ({ start: start * MS, end: start * MS + lasts(count), stop: start * MS + lasts(count), low: null, frozen: null, done: 0 }),
    refusal: (state, { at, amount }, own) => {
      if (at < state.start) return "early";
      if (at >= state.end) return "late";
      const number = Math.floor((at - state.start) / whole), opened = state.start + number * whole;
      if (at - opened >= length * MS) return "break";
      if (own && own.at >= opened) return "once";
      if (amount < floor) return "below_floor";
      if (!own) return amount <= ceiling ? null : "above_ceiling";
      const isStep = BigInt(amount) * 10000n <= BigInt(own.amount) * BigInt(10000 - step);
      return isStep || (amount === floor && floor < own.amount) ? null : "step";
    },
    taken: (state, { amount }) => ({ ...state, low: state.low === null ? amount : Math.min(state.low, amount) }),
    resumed: (state, from) => {
      const gone = Math.floor((state.frozen - state.start + pause * MS) / whole);
      const done = state.done + Math.max(0, Math.min(gone, count - state.done - 1)), end = from + lasts(count - done);
      return { ...state, start: from, end, stop: end, frozen: null, done };
    },
  };
}

const termsOf = (said) => ("rounds" in said ? rounds(said) : live(said));

/** Bids, freezes and resumptions in log order, each held to the promise: {state, last: no -> {amount, at}, bids}. */
export function replay(draw) {
  const { auction, where } = draw.notice;
  if (!auction) raise("auction.terms", { where });
  const terms = termsOf(auction), last = new Map();
  let state = terms.begins(), bids = 0;
  const leaves = draw.of("auction.bid", "auction.frozen", "auction.resumed").sort((a, b) => a.index - b.index);
  for (const leaf of leaves) {
    if (leaf.type === "auction.bid") {
      const { sequence, no, amount, received_ms: at } = leaf, bid = { at, amount }, own = last.get(no);
      if (sequence !== bids + 1) raise("auction.sequence", { where: leaf.where, sequence, expected: bids + 1 });
      const reason = state.frozen !== null && at >= state.frozen ? "frozen" : terms.refusal(state, bid, own);
      if (reason) raise("auction.bid", { where: leaf.where, sequence, reason });
      state = terms.taken(state, bid);
      last.set(no, bid);
      bids += 1;
    } else if (leaf.type === "auction.frozen") {
      const since = leaf.since_ms, latest = last.size ? Math.max(...[...last.values()].map(({ at }) => at)) : state.start;
      const fits = latest <= since && since < state.end && since < (leaf.at + 1) * MS;
      if (state.frozen !== null || !fits) raise("auction.freeze", { where: leaf.where });
      state = { ...state, frozen: since };
    } else {
      if (state.frozen === null || leaf.start < leaf.at + NOTICE) raise("auction.resume", { where: leaf.where, notice: NOTICE });
      state = terms.resumed(state, leaf.start * MS);
    }
  }
  return { state, last, bids };
}

/** Rule 18. Gives how many bid, how many bids counted, the lowest in fen, and the end. */
export function auction(draw) {
  if (!draw.isAuction) {
    const [odd] = draw.of(...KINDS);
    if (odd || "auction" in draw.notice) raise("auction.unpromised", { where: (odd ?? draw.notice).where });
    return "-";
  }
  termsHold(draw);
  const { admitted, refused } = opened(draw);
  for (const { no, at, index, where, received_ms: came } of draw.of("auction.bid")) {
    if (!admitted.has(no) || index < draw.of("auction.opened").at(-1).index) raise("auction.bidder", { where, no });
    const seconds = at - Math.floor(came / MS);
    if (seconds < -SLACK || seconds > draw.notice.drain_max) raise("auction.waited", { where, no, seconds });
    if (seconds > draw.notice.auction.drain) draw.mark("auction.slow", 18, where, { no, seconds });
  }
  const { course } = draw;
  closed(draw, course);
  const isHeld = draw.of("auction.closed").length > 0;
  for (const { no } of draw.entrants) {
    if (!admitted.has(no) || !course.last.has(no)) raise("auction.list", { where: draw.seal.where, no });
  }
  for (const { no, reason } of draw.excluded) {
    const expected = refused.get(no) ?? (isHeld && !course.last.has(no) ? NO_BID : null);
    if (reason !== expected) raise("auction.list", { where: draw.seal.where, no });
  }
  marks(draw);
  return `${course.last.size} / ${course.bids}; ${course.state.low}; ${Math.floor(course.state.end / MS)}`;
}

function termsHold({ notice }) {
  const { auction: said, rule, entry_close: close, draw_at: drawn, where } = notice;
  if (!said) raise("auction.terms", { where });
  const isLive = rule === "auction_live", latest = Math.floor(termsOf(said).begins().stop / MS) + said.drain;
  const inOrder = !isLive || (said.start < said.first_end && said.first_end <= said.hard_stop);
  const fits = close < said.start && latest + LEAST_GAP <= drawn && said.floor < said.ceiling;
  if (isLive !== "countdown" in said || !inOrder || !fits) raise("auction.terms", { where });
}

function opened(draw) {
  const leaves = draw.of("auction.opened"), shut = draw.the("entries.closed");
  if (!leaves.length) raise("auction.opened", { where: shut.where });
  const admitted = leaves.flatMap((leaf) => leaf.admitted), refused = leaves.flatMap((leaf) => leaf.refused);
  const gone = new Set(draw.of("entry.withdrawn").map(({ no }) => no));
  const lives = draw.of("entry.received").map(({ no }) => no).filter((no) => !gone.has(no)).sort((a, b) => a - b);
  const named = [...admitted, ...refused].map(({ no }) => no).sort((a, b) => a - b);
  const names = new Set(admitted.map(({ pseudonym }) => pseudonym));
  if (named.join() !== lives.join() || names.size !== admitted.length || leaves[0].index < shut.index) {
    raise("auction.opened", { where: leaves[0].where });
  }
  return {
    admitted: new Map(admitted.map(({ no, pseudonym }) => [no, pseudonym])),
    refused: new Map(refused.map(({ no, reason }) => [no, reason])),
  };
}

function closed(draw, { state, bids }) {
  const leaves = draw.of("auction.closed");
  if (!leaves.length && !draw.of("auction.bid").length && !draw.entrants.length) return; // too few were admitted
  if (leaves.length !== 1) raise("auction.closed", { where: draw.seal.where, found: leaves.length });
  const [leaf] = leaves, { where } = leaf, end = Math.floor(state.end / MS), { drain } = draw.notice.auction;
  const last = Math.max(0, ...draw.of("auction.bid", "auction.resumed").map(({ index }) => index));
  const isOver = state.frozen === null && leaf.at >= end;
  if (!isOver || leaf.index <= last || leaf.index >= draw.seal.index || leaf.bids !== bids) {
    raise("auction.closed", { where, found: leaf.bids });
  }
  if (leaf.end_ms !== state.end) raise("auction.end", { where, found: leaf.end_ms, computed: state.end });
  if (leaf.at < end + drain) raise("auction.closed", { where, found: leaf.bids });
  if (leaf.at > end + drain + draw.notice.drain_max) draw.mark("auction.late", 18, where, { seconds: leaf.at - end });
}

function marks(draw) {
  for (const { where, reason } of draw.of("auction.frozen")) draw.mark("auction.frozen", 18, where, { reason });
  const bids = draw.of("auction.bid");
  if (!bids.length) return;
  draw.mark("auction.unsigned", 18, bids[0].where, { bids: bids.length });
  const { index, where } = draw.of("auction.opened").at(-1);
  if (draw.seenAt(index) * MS > bids[0].received_ms) draw.mark("auction.unseen", 18, where);
}
