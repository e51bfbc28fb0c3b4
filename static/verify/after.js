// Rule 11, its second half: what becomes of the order after the draw.
import { jcs } from "./canonical.js";
import { raise } from "./case.js";
import { requireSeen } from "./keys.js";

const STANDSTILL = 2 * 86400; // seconds: the shortest that three working days can be

/** Only a rank that stands is skipped, at or after T; nobody below winners and reserves wins; the final names who stands. */
export function after(draw) {
  const refs = draw.ranking.map((row) => row.ref), gone = new Set(), { winners, reserves } = draw.notice;
  const near = refs.slice(0, winners + reserves);
  const standing = () => near.filter((ref) => !gone.has(ref)).slice(0, winners);
  let last = null;
  for (const { rank, ref, at, where } of draw.of("result.skip")) {
    if (refs[rank - 1] !== ref || gone.has(ref)) raise("skip.rank", { where, rank, ref });
    if (!standing().includes(ref)) raise("skip.below", { where, rank, ref });
    if (at < draw.time) raise("skip.early", { where, at, time: draw.time });
    gone.add(ref);
    last = Math.max(last ?? 0, at);
  }
  const stand = standing();
  for (const leaf of draw.of("result.final")) {
    if (jcs(leaf.winners) !== jcs(stand)) raise("final.winners", { where: leaf.where, found: leaf.winners.join(","), computed: stand.join(",") });
    const { at, where } = leaf, least = last ?? draw.time;
    if (at < least) raise("final.early", { where, at, least });
    if (last !== null && stand.length && at < last + STANDSTILL) draw.mark("final.soon", 11, where, { at, last });
  }
  if (!stand.length && refs.length) {
    const end = draw.of("result.final").at(-1) ?? draw.of("result.skip").at(-1);
    draw.mark("result.failed", 11, end.where, { places: winners + reserves });
  }
  const { times } = draw.finalView;
  if (draw.keys.witnesses.length && !times.size) raise("final.uncosigned", { where: "checkpoint" });
  requireSeen(draw.keys, times, "checkpoint");
  return [stand.join(","), ...[...times].map(([name, time]) => `${name} ${time}`)].join("; ");
}
