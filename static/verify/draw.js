// Verify evidence.json of one draw: `await verify(text, {keys, lottery, onStep})`. No server call; no library but for rounds of drand.
import { Fault, locate, parseFile, Undecided } from "./canonical.js";
import { Case, raise } from "./case.js";
import { claimedKeys, pinnedKeys, requireWitness } from "./keys.js";
import { CHOICE } from "./direct.js";
import { CHOSEN, EVIDENCE, RANKED, readLeaf, SCORED } from "./leaves.js";
import { leafHash, verifyConsistency, verifyInclusion } from "./merkle.js";
import { cosignatureTimes, openListed, requireChecked, unchecked } from "./note.js";
import { boxesOf } from "./quoting.js";
import { ORDERS } from "./ranked.js";
import { RULES, rulesOf } from "./rules.js";
import { SCORING } from "./scored.js";
import { CREDIT } from "./shortlisted.js";
import { failures, failureSeen, isBound, isPostponed, nothingHidden, published } from "./witnessed.js";

const MOST_STEPS = 20000000; // hashes down chains in all: looked at before the work (rule 1)

/**
 * Verify the text of an evidence file, step by step.
 *
 * `keys`: text of keys.json, or undefined to take the keys as claimed by the file. `cosignatures`: gives the texts of witnesses'
 * lists, asked for only when the draw was postponed or a source failed (`always` false) or in any case. `onStep` is called with
 * {step, rule, ok, detail}: ok true, false or null (undecided); with `mark`, a fault that is listed beside the verdict ("!").
 * Gives {ok, steps, fault, word, marks}: ok null when undecided; word true when a source failed and nobody shows when a witness
 * saw it, so that the instant of the failure is the log's own word.
 */
export async function verify(text, { keys, lottery = [], cosignatures, always = false, onStep = () => {} } = {}) {
  const steps = [], marks = [], state = { lottery };
  const tell = async (step) => {
    steps.push(step);
    await onStep(step);
  };
  const attempt = async (step, rule, run) => {
    let fault = null, detail;
    try {
      detail = await run(state, text, keys);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      fault = thrown.at("", rule);
      detail = fault.code;
    }
    const ok = fault === null ? true : fault instanceof Undecided ? null : false;
    await tell({ step, rule: ok === false ? fault.rule : rule, ok, detail, ...(fault && { fault }) });
    for (const mark of state.draw?.marks.splice(0) ?? []) {
      marks.push(mark);
      await tell({ step: "remark", rule: mark.rule, ok: true, detail: mark.code, mark });
    }
    return ok === false ? fault : null;
  };
  const all = async (checks) => {
    for (const [step, rule, run] of checks) {
      const fault = await attempt(step, rule, run);
      if (fault) return { ok: false, steps, fault, word: false, marks };
    }
    return null;
  };
  const refused = await all(OPENING) ?? await all(courseOf(state));
  if (refused) return refused;
  const failed = failures(state), isOpen = failed.some((leaf) => !isSeen(leaf, state.draw.heads));
  const isOwed = failed.length > 0 || isPostponed(state);
  const isAsked = cosignatures !== undefined && isBound(state) && (always || isOwed);
  const asked = isAsked || isPostponed(state) ? [["witness", 2, readLists(isAsked ? cosignatures : () => [])]] : [];
  const late = await all([...asked, ...(isAsked || !isOpen ? failed.map(seen) : [])]);
  if (late) return late;
  return { ok: steps.some((each) => each.ok === null) ? null : true, steps, fault: null, word: isOpen && !isAsked, marks };
}

const readLists = (cosignatures) => async (state) => {
  state.found = await published(await cosignatures(), state.keys, state.listed);
  return nothingHidden(state, state.found);
};

const isSeen = (leaf, views, heads = []) => {
  try {
    failureSeen(leaf, views, heads);
    return true;
  } catch {
    return false;
  }
};

const seen = (leaf) => ["failure_seen", 10, ({ found, draw }) => failureSeen(leaf, draw.heads, found?.heads ?? [])];

const courseOfRules = (rules) => [...rules.map(([name, number, check]) => [name, number, (s) => check(s.draw)]), ["file_order", null, fileAgrees]];

/** Ways of selecting whose order is not recomputed here. */
const WAY = [["way", 16, ({ draw }) => {
  throw new Undecided("way.unknown", { where: draw.notice.where, way: draw.notice.rule });
}]];

/** Whether a file is of a way that draws nothing: it has no sealed list. A direct choice has no entries, a scored selection closes them. */
const isUnsealed = (file) => file?.protocol === RANKED && !("seal" in file);
const isScored = (file) => isUnsealed(file) && "closed" in file;
const shapeOf = (file) => (isScored(file) ? SCORED : isUnsealed(file) ? CHOSEN : EVIDENCE);
const ALLOWED = RULES.find(([name]) => name === "alg");
const courseOfWay = (checks) => [ALLOWED, ...checks].map(([name, number, check]) => [name, number, (s) => check(s.draw)]);
const CHOSEN_COURSE = courseOfWay(CHOICE), SCORED_COURSE = courseOfWay(SCORING);

/** The steps behind the opening, which has read the notice's rule. */
function courseOf({ file, draw }) {
  if (isUnsealed(file)) return isScored(file) ? SCORED_COURSE : CHOSEN_COURSE;
  const { rule } = draw.notice, isKnown = file.protocol !== RANKED || rule === CREDIT || Object.hasOwn(ORDERS, rule);
  return isKnown ? courseOfRules(rulesOf(draw)) : WAY;
}

const OPENING = [["file", 1, readFile], ["spelling", 1, readLeaves], ["keys", 13, readKeys], ["log", null, holdToLog]];

function readFile(state, text) {
  const file = locate(() => parseFile(text), "evidence.json", 1);
  const key = shapeOf(file).misfit(file);
  if (key !== null) raise("evidence.shape", { where: "evidence.json", key });
  const lacks = "boxes" in file && !("version" in file);
  if ("heads" in file !== "version" in file || lacks) raise("evidence.shape", { where: "evidence.json", key: "version" });
  const indexes = file.leaves.map((leaf) => leaf.index);
  const proofs = Object.keys(file.proofs);
  if (indexes.some((index, i) => i > 0 && index <= indexes[i - 1]) || proofs.length !== indexes.length
    || indexes.some((index) => !(String(index) in file.proofs))) raise("evidence.leaves", { where: "leaves" });
  state.file = file;
  return file.draw;
}

function readLeaves(state) {
  const { file } = state;
  state.leaves = file.leaves.map(({ index, utf8 }) => {
    const where = `leaf ${index}`;
    const leaf = locate(() => readLeaf(utf8, file.protocol), where);
    if ("draw" in leaf && leaf.draw !== file.draw) raise("leaf.other_draw", { rule: 5, where, draw: leaf.draw });
    return Object.assign(Object.create(null), leaf, { index, where, hash: leafHash(utf8) });
  });
  const steps = state.leaves.reduce((sum, { type, slot = 0 }) => sum + (type === "source.value" ? slot : 0), 0);
  if (steps > MOST_STEPS) raise("work.steps", { rule: 1, where: "source.value", steps, most: MOST_STEPS });
  return String(state.leaves.length);
}

function readKeys(state, text, pinnedText) {
  const { log } = state.file;
  const claimed = locate(() => claimedKeys(log), "log");
  state.listed = claimed.witnesses;
  state.keys = pinnedText === undefined ? claimed : pinnedKeys(pinnedText);
  const { origin, log: known, pinned } = state.keys;
  if (pinned && origin !== log.origin) raise("keys.origin", { where: "log", pinned: origin, found: log.origin });
  if (pinned && !known.some((key) => key.vkey === log.vkey)) raise("keys.log", { where: "log", found: log.vkey });
  requireWitness(state.keys);
  return pinned ? "pinned" : "claimed";
}

async function holdToLog(state) {
  const { file, leaves, keys } = state, before = unchecked.count;
  const final = await open(state, file.checkpoint, "checkpoint");
  for (const leaf of leaves) {
    locate(() => verifyInclusion(leaf.hash, leaf.index, final.checkpoint.size, file.proofs[leaf.index], final.checkpoint.root), leaf.where);
  }
  const view = async ({ checkpoint, note }) => ({ size: checkpoint.size, times: await cosignatureTimes(note, keys.witnesses) });
  const earlier = async (name, type) => {
    const part = file[name], opened = await open(state, part.checkpoint, `${name}.checkpoint`), { checkpoint } = opened;
    const leaf = leaves.find((each) => each.type === type)
      ?? raise("leaf.missing", { rule: 5, where: `draw ${file.draw}`, type });
    locate(() => verifyInclusion(leaf.hash, leaf.index, checkpoint.size, part.inclusion, checkpoint.root), name);
    locate(() => verifyConsistency(checkpoint.size, final.checkpoint.size, checkpoint.root, final.checkpoint.root, part.consistency), name);
    return view(opened);
  };
  const finalView = await view(final), sealView = isUnsealed(file) ? null : await earlier("seal", "entries.sealed");
  const shut = leaves.some((leaf) => leaf.type === "entries.closed");
  if (shut !== "closed" in file) raise("closed.uncosigned", { rule: 16, where: "closed" });
  const closedView = shut ? await earlier("closed", "entries.closed") : null;
  const heads = [];
  for (const [place, head] of (file.heads ?? []).entries()) {
    const where = `heads[${place}]`, opened = await open(state, head.checkpoint, where), { size, root } = opened.checkpoint;
    locate(() => verifyConsistency(size, final.checkpoint.size, root, final.checkpoint.root, head.consistency), where);
    heads.push(await view(opened));
  }
  state.draw = new Case({ draw: file.draw, level: file.level, keys, leaves, lottery: state.lottery, finalView, sealView, closedView, heads,
    boxes: boxesOf(file) });
  requireChecked(before);
  return `${keys.origin} ${final.checkpoint.size}`;
}

async function open(state, text, where) {
  const { keys, listed } = state;
  try {
    return await openListed(text, keys.origin, keys.log, listed);
  } catch (fault) {
    const about = ["checkpoint.origin", "checkpoint.unsigned", "note.unlisted"].includes(fault.code) ? 13 : null;
    throw fault instanceof Fault ? fault.at(where, about) : fault;
  }
}

function fileAgrees({ file, draw }) {
  if (file.seed !== draw.seed) raise("evidence.seed", { where: "seed", found: file.seed, computed: draw.seed });
  const rows = Math.max(file.order.length, draw.ranking.length);
  for (let rank = 0; rank < rows; rank++) {
    const [shown, computed] = [file.order[rank], draw.ranking[rank]];
    if (shown?.ref !== computed?.ref || shown?.ticket !== computed?.ticket) {
      raise("evidence.order", { where: `order[${rank}]`, ref: computed?.ref, ticket: computed?.ticket });
    }
  }
  return draw.ranking.slice(0, 3).map((row) => row.ref).join(",");
}
