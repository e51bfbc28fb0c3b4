// What lists of cosignatures, as witnesses publish them, add to a draw's evidence. Each line proves itself, so that it does
// not matter who hands the list over: none over the seal came earlier (rule 2), and each failure of a source was seen before
// the value that took its place was public (rule 10).
import { locate, parse, Undecided } from "./canonical.js";
import { FALLBACK_DELAY, raise } from "./case.js";
import { cosignatureTimes, openListed, requireChecked, unchecked } from "./note.js";

/** The leaves by which a draw went to a fallback. */
export const failures = ({ leaves }) => leaves.filter((leaf) => leaf.type === "source.lost" || leaf.type === "source.failed");

/** [{size, name, time}] of every cosignature in the lists (texts of JSON); lines of witnesses in `also` may stand there too. */
export async function published(lists, keys, also) {
  const found = [], before = unchecked.count, listed = [...keys.witnesses, ...also];
  for (const text of lists) {
    const list = locate(() => parse(text), "cosignatures");
    if (!Array.isArray(list) || !list.every((each) => typeof each === "string")) raise("evidence.shape", { where: "cosignatures", key: "list" });
    for (const each of list) {
      const { checkpoint, note } = await openListed(each, keys.origin, keys.log, listed);
      for (const [name, time] of await cosignatureTimes(note, keys.witnesses)) found.push({ size: checkpoint.size, name, time });
    }
  }
  requireChecked(before);
  return found;
}

/** Rule 2: no cosignature over the seal is earlier than the one that the file shows. */
export function nothingHidden({ draw }, heads) {
  const over = heads.filter(({ size }) => size > draw.seal.index), shown = draw.sealView.times;
  for (const { name, time } of over) {
    if (time < (shown.get(name) ?? 0)) raise("witness.earlier", { where: "cosignatures", witness: name, time });
  }
  if (!over.some(({ name, time }) => shown.get(name) === time)) {
    throw new Undecided("witness.other_list", { where: "cosignatures", seal: draw.seal.index });
  }
  return String(heads.length);
}

/** Rule 10: whoever could write the instant of a failure afterwards could choose the value that takes its place. */
export function failureSeen({ index, at, where }, heads) {
  const seen = Math.min(...heads.filter(({ size }) => size > index).map(({ time }) => time));
  if (seen > at + FALLBACK_DELAY) throw new Undecided("failure.unseen", { where, index });
  return where;
}
