// What lists of cosignatures, as witnesses publish them, add to a draw's evidence. Each line proves itself, so that it does
// not matter who hands the list over: none over the seal came earlier (rule 2), and each failure of a source was seen before
// the value that took its place was public (rule 10). A numbered list is chained by hash and signed at its end: nothing can be
// cut out of it.
import { locate, parseFile, Undecided } from "./canonical.js";
import { FALLBACK_DELAY, raise } from "./case.js";
import { LISTED } from "./leaves.js";
import { cosignatureTimes, ED25519, idOf, openListed, parseNote, parseVkey, requireChecked, signedBy, unchecked } from "./note.js";
import { hashHex } from "./sha256.js";

const LABEL = "zjcs/cosignatures/1";

/** The leaves by which a draw went to a fallback. */
export const failures = ({ leaves }) => leaves.filter((leaf) => leaf.type === "source.lost" || leaf.type === "source.failed");

/** Whether T follows from when a leaf was seen: the seal, or of a scored selection what fixed the lot of its experts. */
export const isBound = ({ leaves }) => leaves.some(({ type }) => type === "entries.sealed" || type === "lot.fixed");

export const isPostponed = ({ leaves }) => isBound({ leaves }) && leaves.some(({ type }) => type === "draw.postponed");

/**
 * Every cosignature in the lists (texts of JSON): {heads: [{size, name, time}], numbered: [{name, isFirst, heads}]}; lines of
 * witnesses in `also` may stand there too.
 */
export async function published(lists, keys, also) {
  const found = { heads: [], numbered: [] }, before = unchecked.count, listed = [...keys.witnesses, ...also];
  const cosigned = async (text) => {
    const { checkpoint, note } = await openListed(text, keys.origin, keys.log, listed);
    return [...await cosignatureTimes(note, keys.witnesses)].map(([name, time]) => ({ size: checkpoint.size, name, time }));
  };
  for (const text of lists) {
    const value = locate(() => parseFile(text), "cosignatures");
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === "string") found.heads.push(...await cosigned(item));
      else await numbered(item, found, keys, cosigned);
    }
  }
  requireChecked(before);
  return found;
}

async function numbered(list, found, keys, cosigned) {
  const key = LISTED.misfit(list), where = "cosignatures";
  if (key !== null) raise("evidence.shape", { where, key });
  const { name, vkey } = parseVkey(list.witness);
  const witness = keys.witnesses.find((each) => each.vkey === vkey);
  if (!witness) return; // a list of a witness that is not pinned counts for nothing
  const cut = () => raise("list.cut", { rule: 2, where, witness: name });
  let hash = list.before, last = null;
  const own = [];
  for (const text of list.checkpoints) {
    hash = hashHex(`${LABEL}\n${hash}\n${hashHex(text)}\n`);
    const seen = (await cosigned(text)).find((each) => each.name === name);
    if (!seen || (last && (seen.size < last.size || seen.time < last.time))) raise("list.order", { rule: 2, where, witness: name });
    own.push(last = seen);
  }
  if (list.first === 1 && list.before !== hashHex(`${LABEL}\n${keys.origin}\n${name}\n`)) cut();
  const note = parseNote(list.head);
  if (note.text !== `${LABEL}\n${keys.origin}\n${name}\n${list.first + own.length - 1}\n${hash}\n`) cut();
  const signer = { ...witness, kind: ED25519, id: idOf(name, ED25519, witness.key) };
  if ((await signedBy(note, signer)) === null) raise("list.unsigned", { rule: 2, where, witness: name });
  found.numbered.push({ name, isFirst: list.first === 1, heads: own });
  found.heads.push(...own);
}

/** That leaf, who cosigned the file's first head over it when, and whose times decide. */
function bound(draw) {
  if (draw.sealView) return { seal: draw.seal.index, shown: draw.sealView.times, owners: draw.owners };
  const { index: seal, sources } = draw.the("lot.fixed");
  const [first] = [draw.closedView, draw.finalView, ...draw.heads]
    .filter((view) => view && view.size > seal && view.times.size).sort((a, b) => a.size - b.size);
  const owners = new Set(sources.filter(({ kind }) => kind === "chain").map(({ id }) => draw.owner(id)));
  owners.delete(draw.keys.origin);
  return { seal, shown: first?.times ?? new Map(), owners: [...owners] };
}

/** Rule 2: no cosignature over the seal is earlier than the one that the file shows; of a postponed draw a numbered list says so. */
export function nothingHidden({ draw, leaves }, { heads, numbered: lists }) {
  const { seal, shown, owners } = bound(draw), over = heads.filter(({ size }) => size > seal);
  for (const { name, time } of over) {
    if (time < (shown.get(name) ?? 0)) raise("witness.earlier", { where: "cosignatures", witness: name, time });
  }
  if (heads.length && !over.some(({ name, time }) => shown.get(name) === time)) {
    throw new Undecided("witness.other_list", { where: "cosignatures", seal });
  }
  const isWhole = (owner) => lists.some(({ name, isFirst, heads: own }) =>
    name === owner && (isFirst || own[0].size <= seal) && own.some(({ size }) => size > seal));
  const witness = isPostponed({ leaves }) ? owners.find((owner) => !isWhole(owner)) : undefined;
  if (witness !== undefined) throw new Undecided("postponed.list", { where: "cosignatures", witness, seal });
  return String(heads.length);
}

/** Rule 10: whoever could write the instant of a failure afterwards could choose the value that takes its place. */
export function failureSeen({ index, at, where }, views, heads) {
  let seen = Infinity;
  for (const { size, time } of heads) if (size > index) seen = Math.min(seen, time);
  for (const { size, times } of views) if (size > index) for (const time of times.values()) seen = Math.min(seen, time);
  if (seen > at + FALLBACK_DELAY) throw new Undecided("failure.unseen", { where, index });
  return where;
}
