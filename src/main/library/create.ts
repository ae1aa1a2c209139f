import { UsageError } from '@shared/errors'
import { toJsonValue } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'
import type { ZarrFormat } from '@shared/model/node'
import type { ChunksInput } from '@engine/nodes/creation/chunk-guess'
import { createArray } from '@engine/nodes/creation/create-node'
import { optionsLike } from '@engine/nodes/creation/like'
import type { NewArrayOptions } from '@engine/nodes/creation/new-array-options'
import { writable } from '@engine/nodes/writing/writable'
import { joinKey } from '@engine/stores/key'
import { MemoryStore } from '@engine/stores/memory'
import { ZarrArray, type ArrayAccess } from './array'
import { attributesJson } from './attributes'
import { dataFacts } from './data-facts'
import { libraryEngine } from './engine'
import { nodeOf, type ArrayHandle } from './node-of'
import { checkMode, closing, placeOf, type Target } from './place'
import type { ItemValue } from './types'
import type { SetOptions, Value } from './write-value'

/** A codec: its short text ("zlib:1", "blosc:lz4:5:bitshuffle"), its configuration `{ id, … }` or `{ name, configuration }`. */
export type CodecInput = string | Readonly<Record<string, unknown>>

/** Options of every creation function. */
export interface CreateOptions extends Pick<ArrayAccess, 'synchronizer' | 'writeEmptyChunks'> {
  /** Length of each dimension; a number for one dimension. */
  shape?: number | readonly number[]
  /**
   * Length of a chunk along each dimension; null is the whole dimension, a number holds for all, a short list leaves
   * the rest whole. "auto" (the default) makes chunks of about 1 MiB and more.
   */
  chunks?: ChunksInput | null
  /** Format 3: length of a shard along each dimension, a multiple of the chunk's. */
  shards?: readonly number[] | null
  /** NumPy and Zarr names ("i4", "<f8", "int32", "M8[ns]", "U10", "string"), or record fields; "float64" when absent. */
  dtype?: string | readonly unknown[] | Readonly<Record<string, unknown>>
  /** How items lie inside a chunk; "C" when absent. */
  order?: 'C' | 'F'
  /** The value of items that were never written; null leaves it undefined. */
  fillValue?: ItemValue
  /** null stores chunks uncompressed; the default is that of the format, see docs/decisions/0005-default-codecs.md. */
  compressor?: CodecInput | null
  /** Applied in order before the compressor. */
  filters?: readonly CodecInput[] | null
  /** 3 when absent. */
  zarrFormat?: ZarrFormat
  /** Between the indices of chunk keys. */
  separator?: '.' | '/'
  dimensionNames?: readonly (string | null)[] | null
  attributes?: Readonly<Record<string, unknown>>
  /** A store, a `Map`, or a path; memory when absent. */
  store?: Target
  /** Path inside the store. */
  path?: string
  /** "w-" (the default) leaves a node that exists alone, "w" deletes it with everything below, "a" opens it. */
  mode?: 'w-' | 'x' | 'w' | 'a'
}

type Shape = number | readonly number[]

/**
 * Creates an array; no chunk is written. Without a fill value items that were never written are undefined (zero in
 * format 3). Everything is checked before anything is written. Throws UsageError, ValueError, NodeExistsError,
 * ReadOnlyError, IoError.
 */
export async function create<D extends string = string>(
  shape: Shape | CreateOptions,
  options: CreateOptions = {},
): Promise<ZarrArray<D>> {
  return make(merged(shape, options), { fillValue: null })
}

/** As `create`. */
export const empty = create

/** Creates an array that reads as zeros. Throws as `create`. */
export async function zeros<D extends string = string>(
  shape: Shape | CreateOptions,
  options: CreateOptions = {},
): Promise<ZarrArray<D>> {
  return make(merged(shape, options), {})
}

/** Creates an array that reads as ones. Throws as `create`. */
export async function ones<D extends string = string>(
  shape: Shape | CreateOptions,
  options: CreateOptions = {},
): Promise<ZarrArray<D>> {
  return make({ fillValue: 1, ...merged(shape, options) }, {})
}

/** Creates an array that reads as its fill value: `full(shape, value)` or `full({ shape, fillValue })`. Throws as `create`. */
export async function full<D extends string = string>(
  shape: Shape | CreateOptions,
  fillValue?: ItemValue | CreateOptions,
  options: CreateOptions = {},
): Promise<ZarrArray<D>> {
  if (isOptions(shape)) return make(shape, {})
  if (fillValue === undefined) throw new UsageError('A full array needs the value that fills it.')
  return make({ ...merged(shape, options), fillValue: fillValue as ItemValue }, {})
}

/**
 * Creates an array from data: nested lists, a typed array (with `shape`, or one-dimensional), `{ data, shape }`,
 * another array or an HDF5 dataset. The data type is the data's unless one is given. Throws as `create` and `set`.
 */
export async function array<D extends string = string>(
  data: Value,
  options: CreateOptions & Pick<SetOptions, 'casting'> = {},
): Promise<ZarrArray<D>> {
  const { casting, ...rest } = options
  const facts = dataFacts(data, rest.shape)
  const node = nodeOf(data)
  const chunks = rest.chunks ?? (node && optionsLike(node).chunks) ?? facts.chunks ?? 'auto'
  const made = await make<D>(
    { ...rest, shape: facts.shape, dtype: rest.dtype ?? facts.dtype, chunks },
    { fillValue: null },
  )
  await made.set('...', facts.value, casting ? { casting } : {})
  return made
}

/** Creates an array like another one (or like data) without its values. Throws as `create`. */
export const emptyLike = (other: ArrayHandle, options: CreateOptions = {}): Promise<ZarrArray> =>
  like(other, options, { fillValue: null })
export const zerosLike = (other: ArrayHandle, options: CreateOptions = {}): Promise<ZarrArray> =>
  like(other, options, {})
export const onesLike = (other: ArrayHandle, options: CreateOptions = {}): Promise<ZarrArray> =>
  like(other, options, { fillValue: 1 })
/** The other array's fill value is kept unless one is given. */
export const fullLike = (
  other: ArrayHandle,
  fillValue?: ItemValue,
  options: CreateOptions = {},
): Promise<ZarrArray> =>
  like(other, options, fillValue === undefined ? { fill: fillOf(other) } : { fillValue })

/** Options for an array like another one. */
export function likeOptions(other: ArrayHandle): { options: NewArrayOptions; fill: Uint8Array | null } {
  const node = nodeOf(other)
  if (!node) throw new UsageError('Only an array of this library can be the pattern of another.')
  return { options: optionsLike(node), fill: node.metadata.fill }
}

/** Creates the node that options describe at the place that they name. */
export async function make<D extends string>(
  options: CreateOptions,
  defaults: Partial<NewArrayOptions>,
): Promise<ZarrArray<D>> {
  const { store = new MemoryStore(), path = '', mode = 'w-', synchronizer, writeEmptyChunks } = options
  checkMode(mode, ['w', 'w-', 'x', 'a'])
  if (options.shape === undefined && defaults.shape === undefined)
    throw new UsageError('A new array needs a shape.')
  const resolved = { ...defaults, ...newArray(options), mode: mode === 'x' ? 'w-' : mode } as const
  const place = await placeOf(store, mode)
  return closing(place, async () => {
    const at = joinKey(place.nodePath, path)
    const node = await createArray(writable(place.store), at, resolved, libraryEngine())
    return new ZarrArray<D>(node, { synchronizer, writeEmptyChunks })
  })
}

const like = (
  other: ArrayHandle,
  options: CreateOptions,
  fill: Partial<NewArrayOptions>,
): Promise<ZarrArray> => {
  const pattern = likeOptions(other).options
  const changed = options.shape !== undefined && options.chunks === undefined
  // Chunks that were made for one shape do not suit another.
  return make(options, {
    ...pattern,
    ...(changed && { chunks: 'auto', shards: null }),
    ...(options.zarrFormat !== undefined && { separator: undefined }),
    ...fill,
  })
}

const fillOf = (other: ArrayHandle): Uint8Array | null => likeOptions(other).fill

const isOptions = (shape: Shape | CreateOptions): shape is CreateOptions =>
  typeof shape === 'object' && !Array.isArray(shape)

const merged = (shape: Shape | CreateOptions, options: CreateOptions): CreateOptions =>
  isOptions(shape) ? { ...shape, ...options } : { ...options, shape }

/** The engine's words for what was given; what was not given is left out, so that defaults count. */
function newArray(options: CreateOptions): Partial<NewArrayOptions> & { shape: readonly number[] } {
  const { shape, chunks, dtype, compressor, filters, attributes, fillValue } = options
  const rest = pick(options, ['shards', 'order', 'zarrFormat', 'separator', 'dimensionNames'])
  return {
    ...rest,
    ...(shape !== undefined && { shape: typeof shape === 'number' ? [shape] : shape }),
    ...(chunks !== undefined && { chunks: chunks === null ? [] : chunks }),
    ...(dtype !== undefined && { dtype: typeof dtype === 'string' ? dtype : toJsonValue(dtype) }),
    ...(fillValue !== undefined && { fillValue }),
    ...(compressor !== undefined && { compressor: codec(compressor) }),
    ...(filters !== undefined && { filters: (filters ?? []).map((filter) => codec(filter)!) }),
    ...(attributes !== undefined && { attributes: attributesJson(attributes) }),
  } as Partial<NewArrayOptions> & { shape: readonly number[] }
}

const codec = (input: CodecInput | null): string | JsonObject | null =>
  typeof input === 'object' && input !== null ? (toJsonValue(input) as JsonObject) : input

function pick<T extends object, K extends keyof T>(object: T, names: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(
    names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]),
  ) as Partial<Pick<T, K>>
}
