import { jsonNumber } from '@shared/json/access'
import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'

/** A JSON value as JavaScript has it; integers beyond 2^53 are bigint, bare NaN and infinities are numbers. */
export type AttributeValue =
  null | boolean | number | bigint | string | AttributeValue[] | { [name: string]: AttributeValue }

/** The user attributes of a node, as they were when the node was opened or last refreshed. */
export class Attributes {
  readonly #read: () => JsonObject

  constructor(read: () => JsonObject) {
    this.#read = read
  }

  /** The value of an attribute; undefined where there is none. */
  get(name: string): AttributeValue | undefined {
    const value = this.#read().get(name)
    return value === undefined ? undefined : plain(value)
  }

  has(name: string): boolean {
    return this.#read().has(name)
  }

  /** Names in the order in which they are stored. */
  keys(): string[] {
    return [...this.#read().keys()]
  }

  /** All attributes as one object. */
  toJSON(): Record<string, AttributeValue> {
    return plain(this.#read()) as Record<string, AttributeValue>
  }
}

function plain(value: JsonValue): AttributeValue {
  if (value instanceof JsonFloat) return jsonNumber(value)!
  if (Array.isArray(value)) return value.map(plain)
  if (!(value instanceof Map)) return value
  // No prototype: an attribute may be called "__proto__".
  const object = Object.create(null) as Record<string, AttributeValue>
  for (const [name, child] of value) object[name] = plain(child)
  return object
}
