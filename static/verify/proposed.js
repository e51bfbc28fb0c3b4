// Proposals that are sealed files (ADR 0065): what outsiders can hold them to. A proposal's box is never published; the twin of
// verify/zjcs/proposed.py, written independently of it.
import { belongsTo } from "./boxes.js";
import { Undecided } from "./canonical.js";
import { raise } from "./case.js";
import { promiseOf } from "./sealing.js";

const OF_DOCUMENTS = ["proposal_hash"], LEFT_OUT = "proposal.";

/** Whether an entry names a sealed file, and its quote the document in it. */
export const hasFiles = (draw) => "sealed_proposals" in draw.the("notice.published");
export const isDocumentReason = (reason) => OF_DOCUMENTS.includes(reason);

/** To whose keys part A is sealed: those of the draw itself. */
export const filePromise = ({ draw, sealed_proposals: sealed, quote_rule: rule }) => promiseOf({ draw, sealed_quotes: sealed, quote_rule: rule });

/** The keys of the proposals: those that came before the sheets were closed. None where proposals are no files. */
export function fileKeys(draw) {
  if (!hasFiles(draw)) return [];
  const [closed] = draw.of("sheets.closed");
  return draw.of("quote.key").filter(({ index }) => !closed || index < closed.index);
}

/** They fit the promised ones and came once each, behind a witnessed head over the closed entries; no key serves both stages. */
export async function fileKeysStand(draw, files, prices, listed) {
  const own = files.trustees.map(({ pk }) => pk), given = new Set();
  if (prices.trustees.some(({ pk }) => own.includes(pk))) raise("quote.key_other", { where: draw.the("notice.published").where, id: "pk" });
  for (const { id, sk, index, where } of fileKeys(draw)) {
    const holder = files.trustees.find((each) => each.id === id);
    if (!holder || given.has(id)) raise("quote.key_twice", { where, id });
    if (!globalThis.crypto?.subtle) throw new Undecided("quote.no_support", { where });
    if (!await belongsTo(sk, holder.pk)) raise("quote.key_other", { where, id });
    given.add(id);
    const closed = draw.the("entries.closed"), views = [draw.closedView, draw.finalView, ...draw.heads].filter(Boolean);
    const isSeen = views.some(({ size, times }) => closed.index < size && size <= index && times.size > 0);
    const isUnseen = views.length > 0 && draw.keys.witnesses.length > 0 && !isSeen;
    if (index < closed.index || isUnseen) raise("proposal.key_early", { where, closed: closed.index });
  }
  if (listed > 0 && given.size < files.t) raise("quote.keys", { where: `draw ${draw.draw}`, keys: given.size, t: files.t });
}

/** The jurors were shown what each entrant had named in its quote; what was left out for a proposal's sake is listed. */
export function documentsStand(draw, rows, letters) {
  const shown = new Map([...letters.values()].map(({ no, proposal }) => [no, proposal])), { where } = draw.the("quotes.opened");
  for (const row of rows) if (!("unopened" in row) && row.proposal !== shown.get(row.no)) raise("proposal.other", { where, no: row.no });
  const left = draw.of("entries.listed").flatMap((leaf) => leaf.excluded.filter(({ reason }) => reason.startsWith(LEFT_OUT))
    .map(({ no, reason }) => [no, reason, leaf.where]));
  const behind = rows.filter(({ unopened }) => isDocumentReason(unopened)).map(({ no, unopened }) => [no, unopened, where]);
  const confirmed = draw.of("proposal.unopened").map(({ no, reason }) => `${no} ${reason}`);
  for (const [no, reason, place] of [...left, ...behind]) {
    if (!confirmed.includes(`${no} ${reason}`)) draw.mark("proposal.unconfirmed", 16, place, { no, reason });
  }
}

/** An entry is out because it named another document than the one in its box: that is so. */
export function requireOther(draw, no, { proposal }, letters, where) {
  const shown = [...letters.values()].find((row) => row.no === no);
  if (shown.proposal === proposal) raise("quote.result", { where, no, found: "open" });
}
