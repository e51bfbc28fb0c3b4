// How one object may look: the keys that must and may stand in it, and what each may hold. Refuse, never normalise.

const MAX = Number.MAX_SAFE_INTEGER;
export const whole = (low, high = MAX) => (value) => Number.isSafeInteger(value) && value >= low && value <= high;
export const text = (pattern) => (value) => typeof value === "string" && pattern.test(value);
export const list = (check, least = 1, most = 100000) => (value) =>
  Array.isArray(value) && value.length >= least && value.length <= most && value.every((item) => check(item));
export const is = (...allowed) => (value) => allowed.includes(value);

/** An object with all of `required`, any of `optional`, nothing else. */
export function shape(required, optional = {}) {
  const check = (value) => misfit(value) === null;
  const misfit = (value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return "object";
    for (const key of Object.keys(required)) if (!(key in value)) return key;
    for (const [key, item] of Object.entries(value)) {
      const fits = Object.hasOwn(required, key) ? required[key] : Object.hasOwn(optional, key) ? optional[key] : null;
      if (!fits || !fits(item)) return key;
    }
    return null;
  };
  return Object.assign(check, { misfit, required, optional });
}

export const anyOf = (...shapes) => (value) => shapes.some((each) => each(value));

export const ID = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
export const CODE = text(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/);
export const TIME = whole(0, 2 ** 40), NUMBER = whole(1, 100000), SLOT = whole(1, 10000000);
export const H32 = text(/^[0-9a-f]{32}$/), HASH = text(/^[0-9a-f]{64}$/), H96 = text(/^[0-9a-f]{96}$/);
export const REF = text(/^A([0-9]{6}|[1-9][0-9]{6,})$/), LEVEL = text(/^S[0-3]$/), ISSUE = text(/^20[0-9]{5}$/);
export const KL8 = text(/^kl8\/20[0-9]{5}\/[0-9.]{39,60}\/$/), NOTE = text(/^[^]{1,4000}$/);
