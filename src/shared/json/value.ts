/**
 * JSON as the stores really hold it: bare NaN and Infinity, integers of any length, key order kept.
 *
 * Integers beyond 2^53-1 are bigint; a float whose text JavaScript would print otherwise ("1.0", "1.50", "1e-07") is a
 * `JsonFloat`, so that every number survives as written; objects are Maps, so that "__proto__" is only a key and
 * integer-like keys keep their place.
 */
export type JsonValue = null | boolean | number | bigint | string | JsonFloat | JsonValue[] | JsonObject
export type JsonObject = Map<string, JsonValue>

/** A float kept as written because its text says more than its value: 1.0, -0.0, 1e3, 1e-07, 1e400. */
export class JsonFloat {
  readonly value: number
  readonly raw: string
  constructor(raw: string) {
    this.raw = raw
    this.value = Number(raw)
  }
}
