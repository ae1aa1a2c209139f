/**
 * JSON as the stores really hold it: bare NaN and Infinity, integers of any length, key order kept.
 *
 * Integers beyond 2^53-1 are bigint; an integer written as a float ("1.0") is `JsonFloat` so that the difference
 * survives; objects are Maps, so that "__proto__" is only a key and integer-like keys keep their place.
 */
export type JsonValue = null | boolean | number | bigint | string | JsonFloat | JsonValue[] | JsonObject
export type JsonObject = Map<string, JsonValue>

/** A number whose text says float though its value is whole, such as 1.0, -0.0 or 1e3; `raw` is kept as written. */
export class JsonFloat {
  readonly value: number
  readonly raw: string
  constructor(raw: string) {
    this.raw = raw
    this.value = Number(raw)
  }
}
