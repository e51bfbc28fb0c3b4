// 综合评分 and 方案比选: what people judged and what arithmetic followed (ADR 0055). The twin of verify/zjcs/scoring.py and
// scoring_result.py, written independently of them; the arithmetic is in scoring.js.
import { belongsTo, open, Unopened } from "./boxes.js";
import { jcs, Undecided } from "./canonical.js";
import { commitment, DOCUMENTS, PART_ROWS, raise } from "./case.js";
import { expertsSeated, expertsStand, isByPool } from "./experts.js";
import { requireSeen } from "./keys.js";
import { documentsStand, fileKeys, fileKeysStand, filePromise, hasFiles, isDocumentReason, requireOther } from "./proposed.js";
import { isSigned, readOpening, REASONS } from "./quoting.js";
import { digest, outcome, sheetScore } from "./scoring.js";
import { amountOf, promiseOf, undoOf } from "./sealing.js";
import { hashHex } from "./sha256.js";
import { frozenStand, rowsOf as creditRows } from "./shortlisted.js";

const ONCE = ["notice.published", "entries.closed", "jurors.named", "sheets.closed", "quotes.opened", "ranking.result", "result.final"];
const EMPTY = "-", QUOTED = ["quote_fen", "rate_bp", "response"];
const said = (refs) => refs.join(",");
const same = (one, other) => jcs(one) === jcs(other);
const sorted = (list) => [...list].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const inOrder = (draw, ...types) => types.flatMap((type) => draw.of(type)).sort((a, b) => a.index - b.index);
const place = (draw) => `draw ${draw.draw}`;
const pick = (row, ...names) => Object.fromEntries(names.map((name) => [name, row[name]]));

// --- entries ------------------------------------------------------------------------------
function entriesStand(draw) {
  for (const type of ONCE) {
    const [one, second] = draw.of(type);
    if (second) raise("leaf.second", { where: second.where, type, first: one.index });
  }
  allElseStays(draw);
  const received = draw.of("entry.received");
  if (received.some(({ no }, at) => no !== at + 1)) raise("entry.numbers", { where: place(draw), numbers: received.length });
  for (const leaf of draw.of("entry.withdrawn")) {
    const entry = received[leaf.no - 1];
    if (!entry || entry.index > leaf.index || entry.undo !== undoOf(leaf.token)) raise("entry.token", { where: leaf.where, no: leaf.no });
  }
  const [closed] = draw.of("entries.closed");
  if (!closed) return EMPTY;
  const close = draw.notice.entry_close;
  const late = inOrder(draw, "entry.received", "entry.withdrawn").find((leaf) => leaf.index > closed.index || leaf.received_at >= close);
  if (late) raise("closed.after", { where: late.where, closed: closed.index });
  if (closed.count !== received.length || closed.at < close) {
    raise("closed.count", { where: closed.where, count: closed.count, entries: received.length });
  }
  if (draw.of("entries.listed").length) eachEndsOnce(draw, received);
  return `${received.length}; ${listed(draw).size}`;
}

const MOVES = ["type", "at", "entry_close", "notice_sha256", "index", "where", "hash"]; // the last three are where it stands

/** Rule 7 of ways that are scored: an amendment moves the close later, in time, and else says but a new text. */
function allElseStays(draw) {
  const [closed = { index: Infinity }] = draw.of("entries.closed");
  const [{ index: entered } = { index: Infinity }] = draw.of("entry.received");
  const isShown = draw.closedView || draw.finalView || draw.heads.length; // of leaves alone nobody knows who saw what
  let before = draw.the("notice.published");
  for (const leaf of draw.of("notice.amended")) {
    const { at, where, entry_close: close } = leaf, { entry_close: old } = before;
    if (close < old) raise("amendment.earlier", { rule: 7, where, key: "entry_close", old, new: close });
    if (at >= old || leaf.index <= before.index || leaf.index >= closed.index) raise("amendment.late", { rule: 7, where, at, close: old });
    for (const key of sorted(new Set([...Object.keys(leaf), ...Object.keys(before)]))) {
      const isSame = MOVES.includes(key) || jcs(leaf[key] ?? null) === jcs(before[key] ?? null);
      if (!isSame) raise("amendment.terms", { rule: 7, where, key });
    }
    if (entered < leaf.index && leaf.notice_sha256 !== before.notice_sha256) draw.mark("amendment.text", 7, where);
    const seen = draw.seenAt(leaf.index);
    if (isShown && seen >= old) raise("amendment.unseen", { rule: 7, where, close: old, seen });
    before = leaf;
  }
}

function eachEndsOnce(draw, received) {
  const rows = draw.of("entries.listed").flatMap(({ entrants, excluded }) => [...entrants, ...excluded]);
  const ends = [...rows, ...draw.of("entry.withdrawn")].map(({ no }) => no);
  for (const no of new Set([...received.map((leaf) => leaf.no), ...ends])) {
    const count = ends.filter((each) => each === no).length;
    if (no > received.length || count !== 1) raise("entry.end", { where: place(draw), no, ends: count });
  }
  if (new Set(rows.map(({ ref }) => ref)).size !== rows.length) raise("entry.ref_twice", { where: place(draw) });
}

/** Who is on the list: Map number -> ref. */
export const listed = (draw) => new Map(draw.of("entries.listed").flatMap(({ entrants }) => entrants.map(({ no, ref }) => [no, ref])));

/** Where credit is scored, every entry has one row of what the notice has fixed, behind the closed count and before any key. */
function creditStands(draw) {
  const { credit } = draw.notice, [odd] = draw.of("credit.frozen"), leaves = draw.of("entries.listed");
  if (!credit && odd) raise("credit.promise", { where: odd.where });
  if (!credit || !leaves.length) return EMPTY;
  const rows = leaves.flatMap(({ entrants, excluded }) => [...entrants, ...excluded]);
  return frozenStand(draw, credit, new Map(rows.map(({ no, ref }) => [no, ref])), leaves[0]);
}

// --- jurors and sheets --------------------------------------------------------------------
function jurorsStand(draw) {
  const seated = seats(draw), [closed] = draw.of("sheets.closed");
  if (!closed) return EMPTY;
  const sheets = standingSheets(draw, closed);
  if (!same(sorted(sheets.keys()), sorted(seated.keys())) || closed.count !== sheets.size) {
    raise("scored.sheets", { where: closed.where, count: sheets.size, seats: seated.size });
  }
  return `${seated.size}; ${draw.of("juror.replaced").length}`;
}

function seats(draw) {
  if (isByPool(draw)) return expertsSeated(draw);
  const named = draw.the("jurors.named"), [entered] = draw.of("entry.received"), { jurors } = draw.notice;
  const seated = new Map(named.seats.map(({ seat, ref }) => [seat, ref])), reserves = [...named.reserves];
  const refs = [...seated.values(), ...reserves], isEarly = !entered || named.index < entered.index;
  const isWhole = named.reserves.length > 0 && seated.size === jurors && named.seats.length === jurors && [...seated.keys()].every((seat) => seat >= 1 && seat <= jurors);
  if (!isWhole || new Set(refs).size !== refs.length || !isEarly) raise("scored.jurors", { where: named.where });
  for (const { ref, seat, where } of draw.of("juror.replaced")) {
    if (!reserves.length || reserves.shift() !== ref || !seated.has(seat)) raise("scored.jurors", { where });
    seated.set(seat, ref);
  }
  return seated;
}

function standingSheets(draw, closed) {
  const sheets = new Map();
  for (const leaf of inOrder(draw, "sheet.sealed", "juror.replaced")) {
    const { seat, where } = leaf;
    if (leaf.index > closed.index) raise("scored.late", { where, closed: closed.index });
    if (leaf.type === "juror.replaced") sheets.delete(seat);
    else if (sheets.has(seat)) raise("scored.sheet_twice", { where, seat });
    else sheets.set(seat, leaf);
  }
  return sheets;
}

function sheetsStand(draw) {
  if (!draw.of("quotes.opened").length) return EMPTY;
  const letters = lettersOf(draw), sealed = standingSheets(draw, draw.the("sheets.closed")), opened = sheetsOf(draw);
  if (!same(sorted(opened.keys()), sorted(sealed.keys()))) {
    raise("scored.sheets", { where: place(draw), count: opened.size, seats: sealed.size });
  }
  const seated = seats(draw);
  for (const [seat, sheet] of opened) sheetFits(draw, sealed.get(seat), sheet, seated.get(seat), letters);
  return `${opened.size} x ${letters.size}`;
}

function sheetFits(draw, sealed, sheet, juror, letters) {
  const { where } = sealed, { seat } = sheet;
  const rows = sheet.rows.map(({ letter, marks }) => ({ letter, proposal: letters.get(letter)?.proposal ?? null, marks }));
  const whole = { draw: draw.draw, ...pick(sheet, "seat", "juror", "salt", "comments"), rows };
  const computed = digest("zjcs-rank/2/sheet", whole), covers = same(sorted(rows.map(({ letter }) => letter)), sorted(letters.keys()));
  if (computed !== sealed.sha256 || sheet.juror !== juror || !covers) raise("scored.sheet", { where, seat, computed });
  const { criteria } = draw.notice;
  for (const { letter, marks } of rows) {
    const isMarked = marks.length === criteria.length && marks.every((mark, at) => criteria[at].levels.includes(mark));
    if (!isMarked) raise("scored.mark", { where, seat, letter });
  }
}

/** The opened letters: Map letter -> {no, letter, proposal, salt}. */
export function lettersOf(draw) {
  const fixed = new Map(draw.of("letters.fixed").flatMap(({ rows }) => rows.map(({ no, commit }) => [no, commit])));
  const rows = draw.of("letters.opened").flatMap((leaf) => leaf.rows), who = listed(draw), received = draw.of("entry.received");
  const [sealed] = draw.of("sheet.sealed"), isEarly = !sealed || draw.of("letters.fixed").every(({ index }) => index < sealed.index);
  const numbers = (list) => sorted(list.map((no) => String(no).padStart(9, "0")));
  const isWhole = same(numbers(rows.map(({ no }) => no)), numbers([...who.keys()])) && same(numbers([...fixed.keys()]), numbers([...who.keys()]));
  if (!isWhole || !isEarly) raise("scored.letters", { where: place(draw), no: rows.length });
  for (const row of rows) {
    const commit = digest("zjcs-rank/2/letter", { draw: draw.draw, ...pick(row, "no", "letter", "proposal", "salt") });
    const isOwn = hasFiles(draw) || received[row.no - 1].proposal === row.proposal;
    if (!isOwn || commit !== fixed.get(row.no)) raise("scored.letters", { where: place(draw), no: row.no });
  }
  const found = new Map(rows.map((row) => [row.letter, row]));
  return found.size === rows.length ? found : raise("scored.letters", { where: place(draw), no: rows.length });
}

/** The opened sheets by seat, their parts put together. */
function sheetsOf(draw) {
  const found = new Map();
  for (const leaf of draw.of("sheet.opened")) {
    const whole = found.get(leaf.seat) ?? { ...pick(leaf, "seat", "juror", "salt", "comments"), rows: [] };
    found.set(leaf.seat, { ...whole, rows: [...whole.rows, ...leaf.rows] });
  }
  return found;
}

// --- quotes -------------------------------------------------------------------------------
async function pricesStand(draw) {
  const notice = draw.the("notice.published"), stage = `${draw.draw}.price`;
  const promise = promiseOf({ draw: stage, sealed_quotes: notice.sealed_prices, quote_rule: notice.quote_rule });
  await holders(draw, notice, promise, notice.sealed_prices);
  const keys = await released(draw, promise), files = hasFiles(draw) ? filePromise(notice) : null;
  if (files) {
    await holders(draw, notice, files, notice.sealed_proposals);
    await fileKeysStand(draw, files, promise, listed(draw).size);
  }
  if (!draw.of("quotes.opened").length) {
    if (draw.of("ranking.result").length) raise("leaf.missing", { where: place(draw), type: "quotes.opened" });
    return EMPTY;
  }
  const held = Object.keys(keys).length;
  if (held < promise.t) raise("quote.keys", { where: place(draw), keys: held, t: promise.t });
  const rows = quoteRows(draw), who = listed(draw), { where } = draw.the("quotes.opened");
  if (rows.length !== who.size || rows.some(({ no }) => !who.has(no)) || new Set(rows.map(({ no }) => no)).size !== rows.length) {
    raise("scored.quotes", { where, no: rows.length });
  }
  for (const row of rows) fits(draw, stage, row, who, where);
  await reopen(draw, promise, keys, rows, who, where);
  if (files) documentsStand(draw, rows, lettersOf(draw));
  return `${held}; ${rows.length}`;
}

async function holders(draw, { where, index }, { t, draw: stage }, { keys: promised }) {
  const row = (draw.keys.alg_from ?? []).filter((each) => index >= each.index).at(-1), least = row?.t ?? 1;
  if (t < least) raise("quote.least", { rule: 13, where, t, least });
  for (const { id, pk, note } of promised) {
    const text = `zjcs/quote.key/1\n${draw.keys.origin}\n${stage}\n${id}\n${pk}\n`;
    let good = false;
    for (const key of [...draw.keys.log, ...draw.keys.witnesses]) good ||= key.name === id && await isSigned(note, text, key);
    if (!good) raise("quote.note", { where, id });
  }
}

async function released(draw, { trustees }) {
  const keys = {}, others = fileKeys(draw);
  for (const { id, sk, index, where } of draw.of("quote.key").filter((leaf) => !others.includes(leaf))) {
    const holder = trustees.find((each) => each.id === id);
    if (!holder || Object.hasOwn(keys, id)) raise("quote.key_twice", { where, id });
    if (!globalThis.crypto?.subtle) throw new Undecided("quote.no_support", { where });
    if (!await belongsTo(sk, holder.pk)) raise("quote.key_other", { where, id });
    const closed = draw.the("sheets.closed"), views = [draw.closedView, draw.finalView, ...draw.heads].filter(Boolean);
    const isSeen = views.some(({ size, times }) => closed.index < size && size <= index && times.size > 0);
    if (index < closed.index || (draw.keys.witnesses.length > 0 && !isSeen)) raise("scored.key_early", { where, closed: closed.index });
    keys[id] = sk;
  }
  return keys;
}

/** The rows of the opened quotes, each with exactly what the notice asks for. */
function quoteRows(draw) {
  const { quote_rule: { kind }, response } = draw.the("notice.published"), asked = sorted(response ? [kind, "response"] : [kind]);
  const odd = allRows(draw).find((row) => !("unopened" in row) && !same(sorted(QUOTED.filter((key) => key in row)), asked));
  return odd ? raise("scored.row", { where: draw.the("quotes.opened").where, no: odd.no }) : allRows(draw);
}

function allRows(draw) {
  const head = draw.the("quotes.opened");
  if ("rows" in head) return head.rows;
  const parts = new Map(draw.of("quotes.part").map((leaf) => [leaf.hash, leaf.rows])), rows = head.parts.flatMap((hash) => parts.get(hash) ?? []);
  const isWhole = head.parts.every((hash) => parts.has(hash)) && rows.length === head.count;
  return isWhole ? rows : raise("scored.quotes", { where: head.where, no: rows.length });
}

function fits(draw, stage, row, who, where) {
  const { no } = row;
  if ("unopened" in row) {
    if (!REASONS.includes(row.unopened) || (isDocumentReason(row.unopened) && !hasFiles(draw))) raise("quote.reason", { where, no, reason: row.unopened });
    return;
  }
  const entry = draw.of("entry.received")[no - 1];
  if (commitment(stage, { ...row, ref: who.get(no) }) !== entry.commit) raise("entry.commitment", { where: entry.where, no });
}

async function reopen(draw, promise, keys, rows, who, where) {
  if (draw.boxes === null) throw new Undecided("quote.no_boxes", { where: "boxes" });
  for (const row of rows) {
    const { no } = row, entry = draw.of("entry.received")[no - 1];
    if (!draw.boxes.has(no)) throw new Undecided("quote.no_box", { where: "boxes", no });
    let found;
    try {
      const hasResponse = "response" in draw.notice;
      const purpose = { draw: promise.draw, agency: who.get(no), kind: "quote", t: promise.t, hasProposal: hasFiles(draw), hasResponse };
      found = readOpening(await open(draw.boxes.get(no), entry.box, purpose, promise.trustees, keys), purpose, promise.kind, entry.commit);
    } catch (shut) {
      if (!(shut instanceof Unopened)) throw shut;
      if (shut.code === "box_hash") raise("quote.other_box", { where: "boxes", no });
      if (shut.code !== row.unopened) raise("quote.result", { where, no, found: shut.code });
      continue;
    }
    if (row.unopened === "proposal_hash") {
      requireOther(draw, no, found, lettersOf(draw), where);
      continue;
    }
    if (["nonce", "salt", "quote_fen", "rate_bp", "response", ...DOCUMENTS].some((key) => found[key] !== row[key])) raise("quote.result", { where, no, found: "open" });
  }
}

// --- the result ---------------------------------------------------------------------------
function offersOf(draw, who, { quote_rule: { kind, ceiling } }) {
  const marks = new Map(creditRows(draw).map((row) => [row.no, row.marks ?? null]));
  return new Map(quoteRows(draw).filter((row) => !("unopened" in row)).map((row) => [
    who.get(row.no), { amount: amountOf(kind, row[kind], ceiling ?? null), days: row.response ?? null, credit: marks.get(row.no) ?? null },
  ]));
}

function computed(draw) {
  const who = listed(draw), letters = lettersOf(draw), notice = draw.the("notice.published");
  const offers = offersOf(draw, who, notice);
  const sheets = new Map([...who.values()].map((ref) => [ref, []]));
  for (const [, sheet] of [...sheetsOf(draw)].sort(([a], [b]) => a - b)) {
    for (const { letter, marks } of sheet.rows) sheets.get(who.get(letters.get(letter).no)).push(sheetScore(notice.criteria, marks));
  }
  const others = fileKeys(draw);
  const keys = draw.of("quote.key").filter((leaf) => !others.includes(leaf)).map(({ id, sk }) => ({ id, sk })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const seed = digest("zjcs-rank/2/keys", {
    draw: draw.draw, notice: notice.hash, listed: draw.of("entries.listed").at(-1).hash, closed: draw.the("sheets.closed").hash, keys,
  });
  return outcome(notice, offers, sheets, seed);
}

function resultStands(draw) {
  const found = draw.of("ranking.result");
  if (!draw.of("quotes.opened").length) return EMPTY;
  const { order, failure } = computed(draw), first = said(order.slice(0, 5));
  if ((found.length > 0) !== (failure === null)) raise("scored.result", { where: place(draw), computed: first });
  const bound = order.length > PART_ROWS ? hashHex(jcs(order)) : undefined; // said where the leaf has a part alone
  for (const { where, order: shown, order_sha256: sha256 } of found) {
    if (said(shown) !== said(order.slice(0, PART_ROWS)) || sha256 !== bound) raise("scored.result", { where, computed: first });
  }
  const { winners, reserves } = draw.notice;
  let standing = order.slice(0, winners + reserves);
  for (const leaf of inOrder(draw, "result.skip", "result.final")) standing = followed(leaf, standing, order, winners);
  return said(order.slice(0, 3)) || failure;
}

function followed({ type, where, rank, ref, winners: named }, standing, order, count) {
  if (type === "result.skip") {
    if (standing[0] !== ref || order[rank - 1] !== ref) raise("skip.rank", { where, rank, ref });
    return standing.slice(1);
  }
  const expected = standing.slice(0, count);
  if (said(named) !== said(expected)) raise("final.winners", { where, found: said(named), computed: said(expected) });
  return standing;
}

function headSeen(draw) {
  const { size, times } = draw.finalView;
  requireSeen(draw.keys, times, "checkpoint");
  return String(size);
}

/** The steps of a check: [name, rule, what it does]. */
export const SCORING = [
  ["scored_entries", 16, entriesStand], ["scored_credit", 16, creditStands], ["scored_experts", 16, expertsStand],
  ["scored_jurors", 16, jurorsStand], ["scored_sheets", 16, sheetsStand],
  ["scored_prices", 16, pricesStand], ["scored_result", 16, resultStands], ["head", 11, headSeen],
];
