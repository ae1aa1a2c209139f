import { ValueError } from '@shared/errors'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { readTyped } from '@shared/dtype/typed'
import { jsonNumber } from '@shared/json/access'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { codecStage } from '../../metadata/codec-stages'
import type { ArrayMetadata } from '../../metadata/array-metadata'
import { pacer } from '../../stores/pacer'
import type { Region } from './item-source'

/** A value x may come back as far off as absolute + relative · (|x| + shift). */
interface Bound {
  absolute: number
  relative: number
  shift: number
  /** What one step of the values that the next codec takes is worth. */
  unit: number
}

/** Codecs that round: what each adds. */
const ROUNDS: Partial<Record<string, (codec: JsonObject, so: Bound, dtype: DataTypeSpec) => Bound>> = {
  bitround(codec, so, dtype) {
    const bits = jsonNumber(codec.get('keepbits')) ?? 0
    const part = 2 ** -(dtype.kind === 'float' ? bits + 1 : bits)
    return {
      ...so,
      absolute: so.absolute + so.unit * part * leastNormal(dtype),
      relative: so.relative + part,
    }
  },
  quantize(codec, so, dtype) {
    const scale = 2 ** Math.ceil(Math.log2(10 ** (jsonNumber(codec.get('digits')) ?? 0)))
    const stored = typeOf(codec.get('astype')) ?? dtype
    return {
      ...so,
      absolute: so.absolute + (so.unit * 0.5) / scale,
      relative: so.relative + SLACK * precision(stored),
    }
  },
  fixedscaleoffset(codec, so, dtype) {
    const scale = Math.abs(jsonNumber(codec.get('scale')) ?? 1)
    const offset = jsonNumber(codec.get('offset')) ?? 0
    const isExact = dtype.kind !== 'float' && Number.isInteger(scale) && Number.isInteger(offset)
    // Whole numbers are cut off, not rounded, when they are decoded.
    const rounded = isExact ? 0 : 0.5 / scale + (dtype.kind === 'float' ? 0 : 1)
    return {
      absolute: so.absolute + so.unit * rounded,
      relative: so.relative + SLACK * precision(dtype),
      shift: so.shift + Math.abs(offset),
      unit: so.unit / scale,
    }
  },
  astype(codec, so, dtype) {
    const stored = typeOf(codec.get('encode_dtype')) ?? dtype
    const cut = stored.kind === 'float' || dtype.kind !== 'float' ? 0 : so.unit
    return { ...so, absolute: so.absolute + cut, relative: so.relative + precision(stored) }
  },
}
/** Codecs that are not exact either, by as much as only they know; some of them refuse what they have no room for. */
const INEXACT = new Set(['cast_value', 'scale_offset', 'zfp', 'zfpy'])
/** Items looked at before others have their turn. */
const SLICE = 2 ** 16
/** Every operation of a codec in floats rounds once. */
const SLACK = 8

/** Whether a pipeline may give back other values than it took. */
export const isLossy = (metadata: Pick<ArrayMetadata, 'codecs'>): boolean =>
  chainOf(metadata).some(([name]) => isInexact(name) || rounds(name))

/**
 * Compares items that were read back through codecs that round with the original ones: none may be further off than the
 * codecs round, as happens to values beyond the range that a codec has room for. Throws ValueError that names the first.
 * Where a codec is not known to keep to a bound, everything passes.
 */
export async function checkRounding(
  metadata: Pick<ArrayMetadata, 'codecs'>,
  dtype: DataTypeSpec,
  { region, original, copy }: { region: Region; original: Uint8Array; copy: Uint8Array },
): Promise<void> {
  const bound = boundOf(metadata, dtype)
  if (!bound) return
  const [before, after] = [readTyped(dtype, original), readTyped(dtype, copy)]
  if (Array.isArray(before) || Array.isArray(after)) return
  const { absolute, relative, shift } = bound
  const pause = pacer()
  for (let i = 0; i < before.length; i++) {
    if (i % SLICE === 0) await pause()
    const [x, y] = [before[i]!, after[i]!]
    if (x === y) continue
    const off = Math.abs(Number(typeof x === 'bigint' ? x - BigInt(y) : x - Number(y)))
    if (off <= absolute + relative * (Math.abs(Number(x)) + shift)) continue
    if (Number.isNaN(x) && Number.isNaN(y)) continue
    throw new ValueError(
      `The value ${x} at (${indexOf(i, region).join(', ')}) would read back as ${y}: ${roundingNames(metadata)} has no room for it. Choose another filter, or its numbers by the range of the whole array.`,
    )
  }
}

function boundOf(metadata: Pick<ArrayMetadata, 'codecs'>, dtype: DataTypeSpec): Bound | undefined {
  if (!['int', 'uint', 'float'].includes(dtype.kind)) return undefined
  let bound: Bound = { absolute: 0, relative: 0, shift: 0, unit: 1 }
  for (const [name, configuration] of chainOf(metadata)) {
    if (isInexact(name)) return undefined
    bound = rounds(name)?.(configuration, bound, dtype) ?? bound
  }
  return bound
}

const isInexact = (name: string): boolean => INEXACT.has(plain(name)) || codecStage(name) === 'unknown'

const roundingNames = (metadata: Pick<ArrayMetadata, 'codecs'>): string =>
  chainOf(metadata)
    .filter(([name]) => rounds(name))
    .map(([name]) => plain(name))
    .join(', ')

/** Names and configurations of the codecs, those inside shards in the shards' place. */
function chainOf({ codecs }: Pick<ArrayMetadata, 'codecs'>): [string, JsonObject][] {
  return codecs.flatMap(({ name, configuration }): [string, JsonObject][] => {
    const inner = configuration.get('codecs')
    if (!Array.isArray(inner)) return [[name, configuration]]
    return chainOf({ codecs: inner.flatMap(namedCodec) })
  })
}

function namedCodec(codec: JsonValue): ArrayMetadata['codecs'] {
  if (typeof codec === 'string') return [{ name: codec, configuration: new Map() }]
  const [name, configuration] =
    codec instanceof Map
      ? [codec.get('name'), codec.get('configuration') ?? new Map<string, JsonValue>()]
      : []
  return typeof name === 'string' && configuration instanceof Map ? [{ name, configuration }] : []
}

const rounds = (name: string) => ROUNDS[plain(name)]

const plain = (name: string): string => name.replace(/^numcodecs\./, '')

const typeOf = (name: JsonValue | undefined): DataTypeSpec | undefined =>
  typeof name === 'string' ? parseDtypeName(name).spec : undefined

/** Half a step between two floats, as a part of them. */
function precision(dtype: DataTypeSpec): number {
  if (dtype.kind !== 'float') return 0
  return dtype.format === 'float64' ? 2 ** -53 : dtype.format === 'float32' ? 2 ** -24 : 2 ** -8
}

/** Floats nearer to zero have fewer bits. */
function leastNormal(dtype: DataTypeSpec): number {
  if (dtype.kind !== 'float') return 0
  return dtype.format === 'float64' ? 2 ** -1022 : dtype.format === 'float32' ? 2 ** -126 : 2 ** -14
}

function indexOf(item: number, { start, shape }: Region): number[] {
  const index = [...start]
  for (let k = shape.length - 1; k >= 0; k--) {
    index[k]! += item % shape[k]!
    item = Math.floor(item / shape[k]!)
  }
  return index
}
