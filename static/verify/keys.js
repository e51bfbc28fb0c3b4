// Whose keys the evidence is held to: pinned (keys.json from the regulator) or only claimed by the file. Rule 13.
import { locate, parseFile, Undecided } from "./canonical.js";
import { raise } from "./case.js";
import { EVERY_OWNER, KEYS } from "./leaves.js";
import { COSIGNATURE, ED25519, parseVkey } from "./note.js";

/** Keys as the evidence itself claims them. */
export function claimedKeys({ origin, vkey, witnesses }) {
  return { ...keySet(origin, [vkey], witnesses), anchors: {}, owner_of: {}, pinned: false };
}

/** Read keys.json. */
export const pinnedKeys = (text) => locate(() => {
  const value = parseFile(text), key = KEYS.misfit(value);
  if (key !== null) raise("keys.shape", { key });
  const since = (value.alg_from ?? []).map(({ index }) => index);
  if (since.some((index, i) => i > 0 && index <= since[i - 1])) raise("keys.shape", { key: "alg_from" });
  const set = keySet(value.origin, value.log, value.witnesses);
  return { ...set, anchors: value.anchors, owner_of: value.owner_of, pinned: true, policy: policy(value.policy, set.witnesses),
    least_level: value.least_level, alg_from: value.alg_from };
}, "keys.json", 13);

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

function policy(given, witnesses) {
  if (given === undefined || given === EVERY_OWNER) return null;
  const names = witnesses.map(({ name }) => name), of = given.of ?? names;
  if (new Set(of).size !== of.length || !of.every((name) => names.includes(name)) || given.k > of.length) raise("keys.shape", { key: "policy" });
  return { k: given.k, of };
}

/** A log that nobody but its operator vouches for is undecided; keys that the file claims are its own word anyway. */
export function requireWitness({ witnesses, pinned }) {
  if (pinned && !witnesses.length) throw new Undecided("keys.no_witness", { where: "keys.json" });
}

/** Hold the witnesses of a head (`times`, a Map) to the policy: every chain owner's, or k of n. */
export function requireSeen({ policy: given, witnesses, owner_of: owners, origin }, times, where) {
  const held = [...new Set(Object.values(owners))].filter((name) => name !== origin);
  const { k, of } = given ?? (held.length ? { k: held.length, of: held } : { k: 1, of: witnesses.map(({ name }) => name) });
  if (!of.length) return; // said already, or claimed
  const missing = of.filter((name) => !times.has(name)), seen = of.length - missing.length;
  if (seen < k) throw new Undecided("policy.unmet", { rule: 13, where, seen, needed: k, missing: missing.join(", ") || "-" });
}
