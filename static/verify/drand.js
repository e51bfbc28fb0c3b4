// drand quicknet (`bls-unchained-g1-rfc9380`): is a signature the network's signature of a round? The key is pinned here.
//
// The pairing is @noble/curves from static/vendor (scripts/assets.py), fetched only when a draw names a round. Where it is
// not there the answer is null: "undecided", never "yes".
import { sha256, unhex, utf8 } from "./sha256.js";

const PUBLIC_KEY = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
  + "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
const DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const LIBRARY = "../vendor/noble/curves/bls12-381.js";

let loaded;

async function library() {
  try {
    return (await import(LIBRARY)).bls12_381;
  } catch {
    return null;
  }
}

/** What the network signs for a round: SHA-256 of the round as eight big-endian bytes. */
function message(round) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return sha256(bytes);
}

/** Whether the signature (96 hex digits) is quicknet's for the round; null when the library cannot be fetched. */
export async function verifyRound(round, signature) {
  const bls = await (loaded ??= library());
  if (bls === null) return null;
  if (!/^[0-9a-f]{96}$/.test(signature) || !Number.isSafeInteger(round) || round < 1) return false;
  const short = bls.shortSignatures;
  try {
    return short.verify(unhex(signature), short.hash(message(round), utf8(DST)), unhex(PUBLIC_KEY));
  } catch {
    return false; // not a point of the curve, or not of its group
  }
}
