import type { JsonObject, JsonValue } from '@shared/json/value'
import type { Dataset, Group } from 'h5wasm/node'

/** What HDF5 and NetCDF-4 keep for themselves: dimension scales and their bookkeeping. */
const INTERNAL = new Set([
  'CLASS',
  'NAME',
  'REFERENCE_LIST',
  'DIMENSION_LIST',
  'DIMENSION_LABELS',
  '_Netcdf4Dimid',
  '_Netcdf4Coordinates',
  '_nc3_strict',
  '_NCProperties',
])

/**
 * The attributes of a group or dataset as JSON. A list of one number is that number, as NetCDF stores it. References,
 * and what else JSON has no words for, are left out.
 */
export function hdf5Attributes(node: Group | Dataset): JsonObject {
  const attributes: JsonObject = new Map()
  for (const [name, attribute] of Object.entries(node.attrs)) {
    if (INTERNAL.has(name)) continue
    const value = attribute.value === null ? null : jsonOf(attribute.value)
    if (value !== undefined) attributes.set(name, value)
  }
  return attributes
}

function jsonOf(value: unknown): JsonValue | undefined {
  if (typeof value === 'bigint') return inRange(value)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof DataView))) return undefined
  const items = Array.from(value as Iterable<unknown>, jsonOf)
  if (items.some((item) => item === undefined)) return undefined
  return items.length === 1 && typeof items[0] !== 'object' ? items[0] : (items as JsonValue[])
}

const inRange = (value: bigint): JsonValue =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
