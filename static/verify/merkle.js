// RFC 6962 / RFC 9162 tree: hashes and proof checks. Hashes are hex strings here.
import { Fault } from "./canonical.js";
import { hex, join, sha256, unhex, utf8 } from "./sha256.js";

const LEAF = Uint8Array.of(0), NODE = Uint8Array.of(1);

export const leafHash = (text) => hex(sha256(join(LEAF, utf8(text))));
export const nodeHash = (left, right) => hex(sha256(join(NODE, unhex(left), unhex(right))));

// Sizes stay below 2^53: arithmetic instead of 32-bit shifts.
const half = (value) => Math.floor(value / 2);
const odd = (value) => value % 2 === 1;

function climb(fn, sn, proof, step, short) {
  for (const sibling of proof) {
    if (sn === 0) throw short();
    if (odd(fn) || fn === sn) {
      step(sibling, true);
      while (!odd(fn) && fn > 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      step(sibling, false);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw short();
}

/** Hold that a leaf hash stands at `index` of the tree (size, root). */
export function verifyInclusion(leaf, index, size, proof, root) {
  if (![leaf, root, ...proof].every((value) => value.length === 64) || !(index >= 0 && index < size)) {
    throw new Fault("inclusion.shape", { index, size });
  }
  let node = leaf;
  climb(index, size - 1, proof, (sibling, left) => {
    node = left ? nodeHash(sibling, node) : nodeHash(node, sibling);
  }, () => new Fault("inclusion.length", { index, size }));
  if (node !== root) throw new Fault("inclusion.root", { index, size });
}

/** Hold that the tree (size2, root2) only appends to (size1, root1). */
export function verifyConsistency(size1, size2, root1, root2, proof) {
  if (!(size1 > 0 && size1 <= size2)) throw new Fault("consistency.shape", { size1, size2 });
  const short = () => new Fault("consistency.length", { size1, size2 });
  if (size1 === size2) {
    if (proof.length) throw short();
    if (root1 !== root2) throw new Fault("consistency.root", { size1, size2 });
    return;
  }
  if (![root1, root2, ...proof].every((value) => value.length === 64)) throw new Fault("consistency.shape", { size1, size2 });
  const isPower = Number.isInteger(Math.log2(size1)) && 2 ** Math.round(Math.log2(size1)) === size1;
  const path = isPower ? [root1, ...proof] : [...proof];
  if (!path.length) throw short();
  let fn = size1 - 1, sn = size2 - 1;
  while (odd(fn)) [fn, sn] = [half(fn), half(sn)];
  let [before, after] = [path[0], path[0]];
  climb(fn, sn, path.slice(1), (sibling, left) => {
    if (left) before = nodeHash(sibling, before);
    after = left ? nodeHash(sibling, after) : nodeHash(after, sibling);
  }, short);
  if (before !== root1 || after !== root2) throw new Fault("consistency.root", { size1, size2 });
}
