import { MetadataError, UnsupportedError } from '@shared/errors'
import { jsonInteger } from '@shared/json/access'
import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'

/**
 * A codec's configuration, read field by field. Every reader throws MetadataError where the value is not what the
 * codec's specification allows, and UnsupportedError is left for fields that nobody asked for (`refuseUnread`).
 */
export class Configuration {
  readonly codec: string
  readonly #fields: JsonObject
  readonly #read = new Set<string>()

  constructor(codec: string, fields: JsonObject) {
    this.codec = codec
    this.#fields = fields
  }

  /** The value as parsed; undefined where the field is absent or null. */
  get(field: string): JsonValue | undefined {
    this.#read.add(field)
    return revived(this.#fields.get(field)) ?? undefined
  }

  /** A whole number within the bounds, written without fraction. */
  integer(field: string, bounds: { min: number; max: number; fallback?: number }): number {
    const { min, max, fallback } = bounds
    const value = this.get(field)
    if (value === undefined && fallback !== undefined) return fallback
    const number = jsonInteger(value)
    if (number !== undefined && number >= min && number <= max) return number
    return this.fail(field, `must be a whole number from ${min} to ${max}`)
  }

  boolean(field: string, fallback: boolean): boolean {
    const value = this.get(field)
    if (value === undefined) return fallback
    return typeof value === 'boolean' ? value : this.fail(field, 'must be true or false')
  }

  oneOf<T extends string>(field: string, options: readonly T[], fallback?: T): T {
    const value = this.get(field)
    if (value === undefined && fallback !== undefined) return fallback
    const found = options.find((option) => option === value)
    return found ?? this.fail(field, `must be one of ${options.map((option) => `"${option}"`).join(', ')}`)
  }

  text(field: string): string {
    const value = this.get(field)
    return typeof value === 'string' ? value : this.fail(field, 'must be a text')
  }

  /** A list of whole numbers from `min` on. */
  integers(field: string, min: number): number[] {
    const value = this.get(field)
    const numbers = Array.isArray(value) ? value.map(jsonInteger) : []
    const valid = numbers.filter((number): number is number => number !== undefined && number >= min)
    if (Array.isArray(value) && valid.length === value.length) return valid
    return this.fail(field, `must be a list of whole numbers from ${min} on`)
  }

  /** Throws MetadataError that names the codec and the field. */
  fail(field: string, why: string): never {
    throw new MetadataError('', `codec ${this.codec}${field && `, ${field}`}`, `it ${why}.`)
  }

  /** Throws UnsupportedError for the first field that no reader asked for: it might change what the bytes mean. */
  refuseUnread(): void {
    for (const field of this.#fields.keys()) {
      if (!this.#read.has(field)) {
        throw new UnsupportedError('codec', this.codec, `its configuration has the unknown field "${field}"`)
      }
    }
  }
}

/** A value that came from another thread, where a JsonFloat has become a plain object. */
function revived(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || value instanceof JsonFloat) return value
  if (Array.isArray(value)) return value.map((item) => revived(item) ?? null)
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, revived(item) ?? null]))
  return new JsonFloat((value as JsonFloat).raw)
}
