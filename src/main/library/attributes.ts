import { ValueError } from '@shared/errors'
import { jsonNumber, toJsonValue } from '@shared/json/access'
import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'
import type { AttributeEdit } from '@engine/nodes/writing/attributes'

/** A JSON value as JavaScript has it; integers beyond 2^53 are bigint, bare NaN and infinities are numbers. */
export type AttributeValue =
  null | boolean | number | bigint | string | AttributeValue[] | { [name: string]: AttributeValue }

/**
 * The user attributes of a node. Reading gives them as they were when the node was opened, refreshed or last changed
 * through this object; changes go to the store, and everything else in its document keeps its bytes.
 */
export class Attributes {
  readonly #read: () => JsonObject
  readonly #change: (edits: AttributeEdit[]) => Promise<void>

  constructor(read: () => JsonObject, change: (edits: AttributeEdit[]) => Promise<void>) {
    this.#read = read
    this.#change = change
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

  /** Stores an attribute. Throws ValueError for what JSON cannot hold, ReadOnlyError, IoError. */
  async set(name: string, value: AttributeValue): Promise<void> {
    await this.update({ [name]: value })
  }

  /** Stores several attributes in one write; others stay. Throws as `set` does. */
  async update(values: Readonly<Record<string, AttributeValue>>): Promise<void> {
    const edits = Object.entries(values).map(([name, value]): AttributeEdit => {
      checkJson(value, name)
      return { path: [name], edit: { kind: 'set', value: toJsonValue(value) } }
    })
    if (edits.length > 0) await this.#change(edits)
  }

  /** Removes an attribute. Throws UsageError where there is none, ReadOnlyError, IoError. */
  async delete(name: string): Promise<void> {
    await this.#change([{ path: [name], edit: { kind: 'delete' } }])
  }

  /** All attributes as one object. */
  toJSON(): Record<string, AttributeValue> {
    return plain(this.#read()) as Record<string, AttributeValue>
  }
}

/** Attributes of a new node. Throws ValueError for what JSON cannot hold. */
export function attributesJson(attributes: Readonly<Record<string, unknown>>): JsonObject {
  for (const [name, value] of Object.entries(attributes)) checkJson(value, name)
  return toJsonValue(attributes) as JsonObject
}

/** Throws ValueError where a value, or one inside it, is no JSON. */
function checkJson(value: unknown, name: string): void {
  if (value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value)) return
  const isPlain = (object: object): boolean =>
    Array.isArray(object) || [Object.prototype, null].includes(Object.getPrototypeOf(object) as object | null)
  if (typeof value !== 'object' || !isPlain(value))
    throw new ValueError(
      `The attribute "${name}" cannot be stored: attributes are JSON, made of text, numbers, true, false, null, lists and plain objects.`,
    )
  for (const child of Object.values(value)) checkJson(child, name)
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
