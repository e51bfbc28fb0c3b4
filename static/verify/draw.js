// Verify evidence.json of one draw: `await verify(text, {keys, lottery, onStep})`. No server call; no library but for rounds of drand.
import { Fault, locate, parse, Undecided } from "./canonical.js";
import { Case, raise } from "./case.js";
import { EVIDENCE, KEYS, readLeaf } from "./leaves.js";
import { leafHash, verifyConsistency, verifyInclusion } from "./merkle.js";
import { COSIGNATURE, cosignatureTimes, ED25519, openListed, parseVkey, requireChecked, unchecked } from "./note.js";
import { RULES } from "./rules.js";
import { failures, failureSeen, nothingHidden, published } from "./witnessed.js";

/**
 * Verify the text of an evidence file, step by step.
 *
 * `keys`: text of keys.json, or undefined to take the keys as claimed by the file. `cosignatures`: gives the texts of witnesses'
 * lists, asked for only when a source failed (`always` false) or in any case. `onStep` is called with {step, rule, ok, detail}:
 * ok true, false or null (undecided). Gives {ok, steps, fault, word}: ok null when undecided; word true when a source failed and
 * no list was given, so that the instant of the failure is the log's own word.
 */
export async function verify(text, { keys, lottery = [], cosignatures, always = false, onStep = () => {} } = {}) {
  const steps = [], state = { lottery };
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
    steps.push({ step, rule: ok === false ? fault.rule : rule, ok, detail, ...(fault && { fault }) });
    await onStep(steps.at(-1));
    return ok === false ? fault : null;
  };
  const checks = [...OPENING, ...RULES.map(([name, number, check]) => [name, number, (s) => check(s.draw)]), ["file_order", null, fileAgrees]];
  for (const [step, rule, run] of checks) {
    const fault = await attempt(step, rule, run);
    if (fault) return { ok: false, steps, fault, word: false };
  }
  const failed = failures(state), isAsked = cosignatures !== undefined && (always || failed.length > 0);
  for (const [step, rule, run] of isAsked ? [["witness", 2, readLists], ...failed.map(seen)] : []) {
    const fault = await attempt(step, rule, (s) => run(s, cosignatures));
    if (fault) return { ok: false, steps, fault, word: false };
  }
  return { ok: steps.some((each) => each.ok === null) ? null : true, steps, fault: null, word: failed.length > 0 && !isAsked };
}

async function readLists(state, cosignatures) {
  state.heads = [];
  state.heads = await published(await cosignatures(), state.keys, state.listed);
  return nothingHidden(state, state.heads);
}

const seen = (leaf) => ["failure_seen", 10, ({ heads }) => failureSeen(leaf, heads)];

const OPENING = [["file", 1, readFile], ["spelling", 1, readLeaves], ["keys", 13, readKeys], ["log", null, holdToLog]];

function readFile(state, text) {
  const file = locate(() => parse(text), "evidence.json", 1);
  const key = EVIDENCE.misfit(file);
  if (key !== null) raise("evidence.shape", { where: "evidence.json", key });
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
    const leaf = locate(() => readLeaf(utf8), where);
    if ("draw" in leaf && leaf.draw !== file.draw) raise("leaf.other_draw", { rule: 5, where, draw: leaf.draw });
    return Object.assign(Object.create(null), leaf, { index, where, hash: leafHash(utf8) });
  });
  return String(state.leaves.length);
}

function readKeys(state, text, pinnedText) {
  const { log } = state.file;
  const claimed = locate(() => keySet(log.origin, [log.vkey], log.witnesses), "log");
  state.listed = claimed.witnesses;
  state.keys = { ...claimed, anchors: {}, owner_of: {}, pinned: false };
  if (pinnedText === undefined) return "claimed";
  const pinned = locate(() => {
    const value = parse(pinnedText), key = KEYS.misfit(value);
    if (key !== null) raise("keys.shape", { key });
    return { ...keySet(value.origin, value.log, value.witnesses), anchors: value.anchors, owner_of: value.owner_of, pinned: true };
  }, "keys.json");
  if (pinned.origin !== log.origin) raise("keys.origin", { where: "log", pinned: pinned.origin, found: log.origin });
  if (!pinned.log.some((key) => key.vkey === log.vkey)) raise("keys.log", { where: "log", found: log.vkey });
  state.keys = pinned;
  return "pinned";
}

function keySet(origin, log, witnesses) {
  const read = (vkeys, kind) => {
    const keys = vkeys.map(parseVkey);
    for (const key of keys) if (key.kind !== kind) raise("keys.kind", { vkey: key.vkey });
    const names = kind === COSIGNATURE ? keys.map((key) => key.name) : [];
    if (new Set(keys.map((key) => String(key.key))).size !== keys.length || new Set(names).size !== names.length) raise("keys.twice");
    return keys;
  };
  return { origin, log: read(log, ED25519), witnesses: read(witnesses, COSIGNATURE) };
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
  const finalView = await view(final), sealView = await earlier("seal", "entries.sealed");
  const shut = leaves.some((leaf) => leaf.type === "entries.closed");
  if (shut !== "closed" in file) raise("closed.uncosigned", { rule: 16, where: "closed" });
  const closedView = shut ? await earlier("closed", "entries.closed") : null;
  state.draw = new Case({ draw: file.draw, level: file.level, keys, leaves, lottery: state.lottery, finalView, sealView, closedView });
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
