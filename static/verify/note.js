// C2SP signed notes, checkpoints and cosignatures. Ed25519 through WebCrypto; a browser without it says so.
import { Fault, Undecided } from "./canonical.js";
import { hex, join, sha256, utf8 } from "./sha256.js";

export const ED25519 = 1, COSIGNATURE = 4;
const NAME = /^[^\s+]+$/;

const encode = (bytes) => btoa(String.fromCharCode(...bytes));

/** Standard base64 with padding, one spelling only. */
export function base64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Fault("note.base64");
  }
  if (encode(bytes) !== text) throw new Fault("note.base64");
  return bytes;
}

/** The id of a key: the first four bytes of the hash of name, kind and public key. */
export const idOf = (name, kind, key) => hex(sha256(join(utf8(`${name}\n`), Uint8Array.of(kind), key)).slice(0, 4));

/** Read `name+keyid+base64(type || key)` and hold the id to the bytes. */
export function parseVkey(text) {
  const [, name, id, data] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || !NAME.test(name)) throw new Fault("note.vkey");
  const raw = base64(data);
  if (raw.length !== 33 || ![ED25519, COSIGNATURE].includes(raw[0])) throw new Fault("note.vkey");
  if (idOf(name, raw[0], raw.slice(1)) !== id) throw new Fault("note.vkey_id");
  return { name, id, kind: raw[0], key: raw.slice(1), vkey: text };
}

/** Split a signed note into its text and its signature lines. */
export function parseNote(text) {
  const cut = text.lastIndexOf("\n\n");
  // eslint-disable-next-line no-control-regex
  if (cut < 0 || !text.endsWith("\n") || cut + 2 >= text.length || text.length > 65536 || /[\x00-\x09\x0b-\x1f]/.test(text)) {
    throw new Fault("note.shape");
  }
  const signatures = text.slice(cut + 2, -1).split("\n").map((line) => {
    const [dash, name, data, ...more] = line.split(" ");
    if (dash !== "—" || !NAME.test(name ?? "") || data === undefined || more.length) throw new Fault("note.signature_line");
    const bytes = base64(data);
    if (bytes.length < 5) throw new Fault("note.signature_line");
    return { name, id: hex(bytes.slice(0, 4)), body: bytes.slice(4) };
  });
  return { text: text.slice(0, cut + 1), signatures };
}

/** Read a checkpoint's three lines. */
export function parseCheckpoint(text) {
  const [origin, size, root, end, ...more] = text.split("\n");
  if (end !== "" || more.length || !origin || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? "") || !Number.isSafeInteger(+size)) {
    throw new Fault("checkpoint.shape");
  }
  const bytes = base64(root);
  if (bytes.length !== 32) throw new Fault("checkpoint.shape");
  return { origin, size: Number(size), root: hex(bytes) };
}

/** Time of the earliest cosignature by `key` (0 for a plain signature), null when it did not sign; throws when false. */
export async function signedBy(note, key) {
  let earliest = null;
  for (const line of note.signatures) {
    if (line.name !== key.name || line.id !== key.id) continue;
    const cosigned = key.kind === COSIGNATURE;
    if (line.body.length !== (cosigned ? 72 : 64)) throw new Fault("note.signature", { name: key.name });
    const time = cosigned ? Number(new DataView(line.body.buffer, line.body.byteOffset).getBigUint64(0)) : 0;
    const message = cosigned ? `cosignature/v1\ntime ${time}\n${note.text}` : note.text;
    if (!(await ed25519(key.key, line.body.slice(cosigned ? 8 : 0), utf8(message)))) {
      throw new Fault("note.signature", { name: key.name });
    }
    if (earliest === null || time < earliest) earliest = time;
  }
  return earliest;
}

// Signatures that this browser could not check are counted here, and the page says so.
export const unchecked = { count: 0 };

async function ed25519(key, signature, message) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
  } catch (error) {
    if (error?.name === "DataError") return false;
    unchecked.count += 1;
    return true;
  }
}

/** Throw Undecided when signatures since `before` could not be checked here. */
export function requireChecked(before) {
  if (unchecked.count > before) throw new Undecided("signature.no_support", { signatures: unchecked.count - before });
}

/** Witness name -> time of its cosignature on this note. */
export async function cosignatureTimes(note, witnesses) {
  const times = new Map();
  for (const witness of witnesses) {
    const time = await signedBy(note, witness);
    if (time !== null) times.set(witness.name, time);
  }
  return times;
}

/** Open a checkpoint below which, besides lines of the log's own name, only lines of `listed` witnesses stand. */
export async function openListed(text, origin, logKeys, listed) {
  const opened = await openCheckpoint(text, origin, logKeys);
  for (const { name, id } of opened.note.signatures) {
    if (name !== origin && !listed.some((key) => key.name === name && key.id === id)) throw new Fault("note.unlisted", { name });
  }
  return opened;
}

/** Open a checkpoint of `origin` that one of `logKeys` signed. */
async function openCheckpoint(text, origin, logKeys) {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== origin) throw new Fault("checkpoint.origin", { expected: origin, found: checkpoint.origin });
  let signers = 0;
  for (const key of logKeys) if ((await signedBy(note, key)) !== null) signers += 1;
  if (!signers) throw new Fault("checkpoint.unsigned", { origin });
  return { checkpoint, note };
}
