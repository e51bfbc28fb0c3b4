// Boxes of zjcs-quote/1 by WebCrypto alone: sealing in the entrant's browser, opening in anybody's. Written apart from verify/zjcs/boxes.py.
import { Fault, jcs, parseCanonical } from "./canonical.js";
import { hex, join as joined, unhex, utf8 } from "./sha256.js";

export const PROTOCOL = "zjcs-quote/1";
export const SUITE = "0010-0001-0002";
const KINDS = ["quote", "proposal", "proposal_b"];
const HEAD = ["agency", "draw", "kind", "pieces", "suite", "t", "v"];
const STEP = 65536, QUOTE_SIZE = 1024, MOST_DATA = 10 * 1024 * 1024, TAG = 16, POINT = 65, PIECE = 32, MOST_HEAD = 8192;

/** Why a box is not opened: one of the codes that the seal publishes. */
export class Unopened extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// --- bytes ---------------------------------------------------------------------------------
const subtle = globalThis.crypto?.subtle;
const number = (value, size) => Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);
const read = (bytes) => bytes.reduce((value, byte) => value * 256 + byte, 0);
const digest = async (...parts) => new Uint8Array(await subtle.digest("SHA-256", joined(...parts)));

/** The hash (hex) by which `entry.received` names a box. */
export const boxHash = async (box) => hex(await digest(utf8(`${PROTOCOL}/box\n`), box));

// --- HKDF and HPKE (RFC 5869; RFC 9180, base mode, one message) -------------------------------
async function hmac(key, ...parts) {
  const made = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", made, joined(...parts)));
}

const extract = (salt, ikm) => hmac(salt.length ? salt : new Uint8Array(32), ikm);

async function expand(prk, info, size) {
  let block = new Uint8Array(0), done = new Uint8Array(0);
  for (let counter = 1; done.length < size; counter++) {
    block = await hmac(prk, block, info, Uint8Array.of(counter));
    done = joined(done, block);
  }
  return done.slice(0, size);
}

const KEM_ID = joined(utf8("KEM"), number(0x0010, 2));
const HPKE_ID = joined(utf8("HPKE"), number(0x0010, 2), number(0x0001, 2), number(0x0002, 2));
const labeledExtract = (id, salt, label, ikm) => extract(salt, joined(utf8("HPKE-v1"), id, utf8(label), ikm));
const labeledExpand = (id, prk, label, info, size) => expand(prk, joined(number(size, 2), utf8("HPKE-v1"), id, utf8(label), info), size);
const NONE = new Uint8Array(0);

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const point = (pk) => subtle.importKey("raw", pk, CURVE, false, []);

async function sharedSecret(privateKey, otherPoint, enc, pk) {
  const dh = new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: await point(otherPoint) }, privateKey, 256));
  const prk = await labeledExtract(KEM_ID, NONE, "eae_prk", dh);
  return labeledExpand(KEM_ID, prk, "shared_secret", joined(enc, pk), 32);
}

async function keyAndNonce(secret, info) {
  const context = joined(
    Uint8Array.of(0),
    await labeledExtract(HPKE_ID, NONE, "psk_id_hash", NONE),
    await labeledExtract(HPKE_ID, NONE, "info_hash", info),
  );
  const prk = await labeledExtract(HPKE_ID, secret, "secret", NONE);
  return [await labeledExpand(HPKE_ID, prk, "key", context, 32), await labeledExpand(HPKE_ID, prk, "base_nonce", context, 12)];
}

async function aes(key, usage) {
  return subtle.importKey("raw", key, "AES-GCM", false, [usage]);
}

async function hpkeSeal(pk, info, plain, ephemeral) {
  const pair = ephemeral ?? await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const enc = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const [key, iv] = await keyAndNonce(await sharedSecret(pair.privateKey, pk, enc, pk), info);
  return joined(enc, new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, await aes(key, "encrypt"), plain)));
}

async function hpkeOpen(privateKey, pk, info, share) {
  const enc = share.slice(0, POINT);
  const [key, iv] = await keyAndNonce(await sharedSecret(privateKey, enc, enc, pk), info);
  return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv }, await aes(key, "decrypt"), share.slice(POINT)));
}

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** A private key (hex) with its public one, as WebCrypto takes it. Throws for what is no key of the curve. */
export function privateKey(sk, pk) {
  const at = unhex(pk);
  const jwk = { kty: "EC", crv: "P-256", d: base64url(unhex(sk)), x: base64url(at.slice(1, 33)), y: base64url(at.slice(33)) };
  return subtle.importKey("jwk", jwk, CURVE, false, ["deriveBits"]);
}

/** Whether a private key (hex) is that of a public one: both must agree with a third key. */
export async function belongsTo(sk, pk) {
  try {
    const third = await subtle.generateKey(CURVE, true, ["deriveBits"]);
    const theirs = new Uint8Array(await subtle.exportKey("raw", third.publicKey));
    const dh = async (mine, other) => hex(new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: await point(other) }, mine, 256)));
    return await dh(await privateKey(sk, pk), theirs) === await dh(third.privateKey, unhex(pk));
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return false;
    throw error;
  }
}

// --- pieces --------------------------------------------------------------------------------
/** For each piece the trustees (from 0) from whom it is kept. */
function keptFrom(n, t) {
  const sets = [];
  const grow = (set, from) => {
    if (set.length === t - 1) sets.push(set);
    else for (let i = from; i < n; i++) grow([...set, i], i + 1);
  };
  grow([], 0);
  return sets;
}

const heldBy = (trustee, n, t) => keptFrom(n, t).flatMap((without, j) => without.includes(trustee) ? [] : [j]);
const commitment = async (j, piece) => hex(await digest(utf8(`${PROTOCOL}/piece\n`), Uint8Array.of(j), piece));
const shareInfo = async (id, head) => utf8(`${PROTOCOL}/share\n${id}\n${hex(await digest(head))}`);

async function contentKey(pieces, head, usage) {
  const prk = await extract(NONE, joined(...pieces));
  return aes(await expand(prk, joined(utf8(`${PROTOCOL}/payload\n`), await digest(head)), 32), usage);
}

const MAGIC = utf8(`${PROTOCOL}\n`);
const gcm = (head) => ({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: joined(MAGIC, head) });

/** The size of a content of `size` bytes with its length and zeros. Throws Fault `quote.size`. */
function paddedSize(size, kind) {
  if (size > (kind === "quote" ? QUOTE_SIZE - 4 : MOST_DATA)) throw new Fault("quote.size", { size });
  return kind === "quote" ? QUOTE_SIZE : Math.ceil((size + 4) / STEP) * STEP;
}

// --- sealing -------------------------------------------------------------------------------
/**
 * Seal bytes to the trustees [{id, pk}] of a draw; `purpose` is {draw, agency, kind, t}.
 *
 * `fixed` {pieces, ephemeral} is for vectors alone. Throws Fault `quote.size`, `quote.trustees`.
 */
export async function seal(data, { draw, agency, kind, t }, trustees, fixed = {}) {
  const n = trustees.length;
  if (!(t >= 1 && t <= n && n <= 5) || new Set(trustees.map(({ pk }) => pk)).size !== n) throw new Fault("quote.trustees", { t, n });
  const pieces = fixed.pieces ?? keptFrom(n, t).map(() => globalThis.crypto.getRandomValues(new Uint8Array(PIECE)));
  const commitments = await Promise.all(pieces.map((piece, j) => commitment(j, piece)));
  const head = utf8(jcs({ agency, draw, kind, pieces: commitments, suite: SUITE, t, v: 1 }));
  const shares = await Promise.all(trustees.map(async ({ id, pk }, i) => {
    const held = joined(...heldBy(i, n, t).map((j) => pieces[j]));
    return hpkeSeal(unhex(pk), await shareInfo(id, head), held, fixed.ephemeral?.[i]);
  }));
  const plain = new Uint8Array(paddedSize(data.length, kind));
  plain.set(number(data.length, 4));
  plain.set(data, 4);
  const payload = new Uint8Array(await subtle.encrypt(gcm(head), await contentKey(pieces, head, "encrypt"), plain));
  const box = joined(MAGIC, ...[head, ...shares].flatMap((part) => [number(part.length, 2), part]), payload);
  const again = await content({ head: { kind }, headBytes: head, payload }, pieces);
  if (hex(await digest(again)) !== hex(await digest(data))) throw new Fault("quote.self_test");
  return box;
}

// --- reading -------------------------------------------------------------------------------
function take(box, n) {
  if (hex(box.slice(0, MAGIC.length)) !== hex(MAGIC)) throw new Unopened("box_shape");
  let at = MAGIC.length;
  const part = () => {
    const end = at + 2 + read(box.slice(at, at + 2));
    if (box.length < Math.max(at + 2, end)) throw new Unopened("box_shape");
    const bytes = box.slice(at + 2, end);
    at = end;
    return bytes;
  };
  const headBytes = part(), head = readHead(headBytes), { t } = head;
  if (!(t >= 1 && t <= n) || head.pieces.length !== keptFrom(n, t).length) throw new Unopened("box_shape");
  const shares = Array.from({ length: n }, (_, i) => {
    const share = part();
    if (share.length !== POINT + PIECE * heldBy(i, n, t).length + TAG) throw new Unopened("box_shape");
    return share;
  });
  const payload = box.slice(at), size = payload.length - TAG;
  const fits = head.kind === "quote" ? size === QUOTE_SIZE : size > 0 && size <= paddedSize(MOST_DATA, head.kind) && size % STEP === 0;
  if (!fits) throw new Unopened("box_shape");
  return { head, headBytes, shares, payload };
}

function readHead(bytes) {
  if (bytes.length > MOST_HEAD) throw new Unopened("box_shape");
  let head;
  try {
    head = parseCanonical(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    if (error instanceof Fault || error instanceof TypeError) throw new Unopened("box_shape");
    throw error;
  }
  const holds = head !== null && typeof head === "object" && !Array.isArray(head)
    && Object.keys(head).sort().join() === HEAD.join()
    && ["agency", "draw", "kind", "suite"].every((key) => typeof head[key] === "string")
    && Array.isArray(head.pieces) && head.pieces.every((piece) => typeof piece === "string" && /^[0-9a-f]{64}$/.test(piece))
    && Number.isInteger(head.t) && head.v === 1 && KINDS.includes(head.kind);
  if (!holds) throw new Unopened("box_shape");
  return head;
}

// --- opening -------------------------------------------------------------------------------
/**
 * The content of a box, or Unopened with the first step that fails.
 *
 * `logged` is its hash in `entry.received`, `keys` the released private keys (hex) by trustee. Fewer than t are `too_few_keys`.
 */
export async function open(box, logged, { draw, agency, kind, t }, trustees, keys) {
  if (await boxHash(box) !== logged) throw new Unopened("box_hash");
  const n = trustees.length, taken = take(box, n), { head } = taken;
  const own = head.draw === draw && head.agency === agency && head.kind === kind && head.t === t && head.suite === SUITE;
  if (!own) throw new Unopened("box_other");
  const holders = trustees.flatMap(({ id }, i) => Object.hasOwn(keys, id) ? [i] : []);
  if (holders.length < t) throw new Unopened("too_few_keys");
  const opened = [];
  for (const i of holders) opened.push(await openShare(taken, i, trustees[i], keys[trustees[i].id]));
  const pieces = [];
  for (const [place, i] of holders.entries()) {
    for (const [k, j] of heldBy(i, n, t).entries()) {
      const piece = opened[place].slice(k * PIECE, (k + 1) * PIECE);
      if (await commitment(j, piece) !== head.pieces[j]) throw new Unopened("piece_commit");
      pieces[j] = piece;
    }
  }
  return content(taken, pieces);
}

async function openShare({ shares, headBytes }, i, { id, pk }, sk) {
  try {
    return await hpkeOpen(await privateKey(sk, pk), unhex(pk), await shareInfo(id, headBytes), shares[i]);
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) throw new Unopened("share_open");
    throw error;
  }
}

async function content({ head, headBytes, payload }, pieces) {
  let plain;
  try {
    plain = new Uint8Array(await subtle.decrypt(gcm(headBytes), await contentKey(pieces, headBytes, "decrypt"), payload));
  } catch (error) {
    if (error instanceof DOMException) throw new Unopened("payload_open");
    throw error;
  }
  const size = read(plain.slice(0, 4));
  const fits = size + 4 <= plain.length && (head.kind === "quote" || size <= MOST_DATA) && plain.length === paddedSize(size, head.kind);
  if (!fits || plain.slice(4 + size).some((byte) => byte !== 0)) throw new Unopened("padding");
  return plain.slice(4, 4 + size);
}
