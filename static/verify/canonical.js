// Strict JSON and its canonical spelling (RFC 8785 for the log's restricted schema), and the faults that checks throw.

/** The evidence breaks a rule: a stable code, the rule's number, where it was seen, the facts. */
export class Fault extends Error {
  constructor(code, { rule = null, where = "", ...facts } = {}) {
    super(code);
    Object.assign(this, { code, rule, where, facts });
  }

  at(where, rule = null) {
    this.where ||= where;
    this.rule ??= rule;
    return this;
  }
}

/** A point that this browser cannot check. */
export class Undecided extends Fault {}

/** Run `action`; a fault learns where it happened and by which rule it is refused. */
export function locate(action, where, rule = null) {
  try {
    return action();
  } catch (fault) {
    throw fault instanceof Fault ? fault.at(where, rule) : fault;
  }
}

export const MAX_FILE = 64 * 1024 * 1024; // bytes: what is longer is refused before any work
const MAX_STRING = 1024 * 1024, MAX_SPELT = 6 * MAX_STRING; // characters of a string, and as it is spelt in escapes
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

/** Canonical text of a value; throws for anything outside the schema. */
export function jcs(value) {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Fault("canonical.integer");
    return String(value);
  }
  if (typeof value === "string") {
    if (LONE.test(value)) throw new Fault("canonical.surrogate");
    if (value.normalize("NFC") !== value) throw new Fault("canonical.nfc");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  if (typeof value !== "object") throw new Fault("canonical.type");
  const keys = Object.keys(value).sort();
  if (!keys.every((key) => ASCII.test(key))) throw new Fault("canonical.key");
  return `{${keys.map((key) => `${JSON.stringify(key)}:${jcs(value[key])}`).join(",")}}`;
}

const TOKEN = /[ \t\n\r]*(?:([[\]{},:])|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(")|(true|false|null))/y;

/** Where a string that begins at `start` ends: the index behind its closing mark. No pattern: it may be 30 MB long. */
function stringEnd(text, start) {
  for (let from = start + 1; ;) {
    const end = text.indexOf('"', from);
    if ((end < 0 ? text.length : end) - start > MAX_SPELT) throw new Fault("work.string", { rule: 1, path: `character ${start}`, length: (end < 0 ? text.length : end) - start });
    if (end < 0) return -1;
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end + 1;
    from = end + 1;
  }
}

/** Hold the length of a file to the bound before any work (rule 1). */
export function bound(bytes) {
  if (bytes > MAX_FILE) throw new Fault("work.file", { rule: 1, bytes, most: MAX_FILE });
}

/** Read a file that somebody hands over: as parse, and a second spelling of nought is refused there too. */
export const parseFile = (text) => parse(text, true);

/** Read JSON that holds no duplicate keys, no floats, nothing outside the schema. Objects have no prototype. */
export function parse(text, isFile = false) {
  bound(text.length);
  let at = 0;
  const fail = (code = "canonical.json") => {
    throw new Fault(code, { reason: `character ${at}` });
  };
  const next = () => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text) ?? fail();
    at = TOKEN.lastIndex;
    if (match[3] === undefined) return match;
    const end = stringEnd(text, at - 1);
    if (end < 0) fail();
    match[3] = text.slice(at - 1, end);
    at = end;
    return match;
  };
  const peek = () => {
    const before = at;
    const match = next();
    at = before;
    return match[1];
  };
  const string = (token) => {
    let said;
    try {
      said = JSON.parse(token);
    } catch {
      return fail();
    }
    if (said.length > MAX_STRING) throw new Fault("work.string", { rule: 1, path: `character ${at}`, length: said.length });
    return said;
  };
  const list = (close, item) => {
    if (peek() === close) return void next();
    for (;;) {
      item();
      const mark = next()[1];
      if (mark === close) return undefined;
      if (mark !== ",") fail();
    }
  };
  const value = (depth) => {
    if (depth > 40) fail();
    const [, mark, number, quoted, word] = next();
    if (isFile && number === "-0") fail("canonical.float");
    if (number !== undefined) return /[.eE]/.test(number) ? fail("canonical.float") : Number(number);
    if (quoted !== undefined) return string(quoted);
    if (word !== undefined) return { true: true, false: false, null: null }[word];
    if (mark === "[") {
      const items = [];
      list("]", () => items.push(value(depth + 1)));
      return items;
    }
    if (mark !== "{") fail();
    const object = Object.create(null);
    list("}", () => {
      const key = string(next()[3] ?? fail());
      if (key in object) fail("canonical.duplicate");
      if (next()[1] !== ":") fail();
      object[key] = value(depth + 1);
    });
    return object;
  };
  const whole = value(0);
  if (/[^ \t\n\r]/.test(text.slice(at))) fail();
  jcs(whole);
  return whole;
}

/** Read text that must be exactly its own canonical form. */
export function parseCanonical(text) {
  const value = parse(text);
  if (jcs(value) !== text) throw new Fault("canonical.spelling");
  return value;
}
