import { UsageError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { readTyped } from '@shared/dtype/typed'
import {
  normalizeSelection,
  orthogonalSelection,
  pointSelection,
  type IndexList,
  type SelectionInput,
} from '@shared/selection/normalize'
import type { Selection } from '@shared/selection/selection'
import type { ArrayDetail, ZarrFormat } from '@shared/model/node'
import type { ArrayReadOptions, ZarrArray as EngineArray } from '@engine/nodes/array'
import { arrayDetail } from '@engine/nodes/node-detail'
import { openNode } from '@engine/nodes/open'
import { KeyLocks, type Synchronizer } from '@engine/nodes/writing/key-locks'
import { resizeArray } from '@engine/nodes/writing/resize'
import { countBytes, countInitialized } from '@engine/stats/count-one'
import { infoBlock } from '@engine/stats/info-block'
import type { Store } from '@engine/stores/store'
import type { Attributes } from './attributes'
import { attributesOf, openedForReading } from './attributes-of'
import { asCall } from './engine'
import { registerNode } from './node-of'
import { intoCallersBuffer, sharedTarget } from './out-buffer'
import type { DataOf, NdArray, Scalar } from './types'
import { appendValue, writeValue, type SetOptions, type Value } from './write-value'

export interface GetOptions<D extends string = string> {
  /** Filled, and handed back as the result's data; must be of the data's type and hold exactly the result. */
  out?: DataOf<D>
  /** Fields of a record type: one gives the field's own type, several smaller records. */
  fields?: string | readonly string[]
  signal?: AbortSignal
}

/** How an opened array may be used. */
export interface ArrayAccess {
  /** Refuses every change, also where the store takes them. */
  readOnly?: boolean | undefined
  /** Keeps writers of the same chunk apart; see `ThreadSynchronizer` and `ProcessSynchronizer`. */
  synchronizer?: Synchronizer | undefined
  /** Stores chunks that hold nothing but the fill value; false, the default, leaves them out. */
  writeEmptyChunks?: boolean | undefined
}

/** Reading and writing by another kind of index; see `ZarrArray.oindex`, `vindex` and `blocks`. */
export interface Indexer<I, D extends string> {
  get(selection: I, options?: GetOptions<D>): Promise<NdArray<D> | Scalar>
  /** As `ZarrArray.set`. */
  set(selection: I, value: Value, options?: SetOptions): Promise<void>
}

/**
 * An opened array. Its properties are those of the metadata when it was opened or last refreshed. `D` is the data type
 * where it is known, such as `ZarrArray<'int32'>`; it is not checked.
 */
export class ZarrArray<D extends string = string> {
  #node: EngineArray
  #detail: ArrayDetail
  readonly #access: ArrayAccess
  readonly #locks: KeyLocks | undefined
  readonly attrs: Attributes

  /** Arrays come from `open`, `create` and their kin. */
  constructor(node: EngineArray, access: ArrayAccess = {}) {
    this.#node = node
    this.#detail = arrayDetail(node)
    this.#access = access
    this.#locks = access.synchronizer && new KeyLocks(access.synchronizer)
    registerNode(this, () => this.#node)
    this.attrs = attributesOf({
      node: () => this.#node,
      checkWritable: () => this.#checkWritable(),
      refresh: () => this.refresh(),
      locks: this.#locks,
    })
  }

  /** Length of each dimension. */
  get shape(): number[] {
    return [...this.#detail.shape]
  }
  /** Length of a chunk along each dimension; with shards, of the inner chunks. */
  get chunks(): number[] {
    return [...this.#detail.chunks]
  }
  /** Length of a shard along each dimension; null without shards. */
  get shards(): number[] | null {
    return this.#detail.shards && [...this.#detail.shards]
  }
  /** NumPy string (formats 1 and 2) or name in format 3. */
  get dtype(): string {
    return this.#detail.dtypeName
  }
  get order(): 'C' | 'F' {
    return this.#detail.order
  }
  /** The value of items that were never written; null where it is undefined. */
  get fillValue(): Scalar {
    const { dtype, fill } = this.#node.metadata
    return dtype === null || fill === null ? null : dataType(dtype).read(fill, 0, fill.length)
  }
  /** Bytes of all items uncompressed. */
  get nbytes(): number {
    return this.#detail.nbytes
  }
  /** Chunks of the grid, stored or not. */
  get nchunks(): number {
    return this.#detail.nchunks
  }
  get zarrFormat(): ZarrFormat {
    return this.#node.metadata.zarrFormat
  }
  /** Names of the dimensions; null where there are none. */
  get dimensionNames(): (string | null)[] | null {
    return this.#detail.dimensionNames
  }
  get store(): Store {
    return this.#node.store
  }
  /** Path inside the store; "" at its root. */
  get path(): string {
    return this.#node.path
  }
  get readOnly(): boolean {
    return this.#access.readOnly === true || this.#node.store.readOnly
  }
  /** What keeps writers apart; undefined where nothing does. */
  get synchronizer(): Synchronizer | undefined {
    return this.#access.synchronizer
  }

  /**
   * Reads a selection: NumPy syntax as text (`'0:10, ::2, -1'`), or a list of integers, `slice(…)`, null for a whole
   * dimension, lists of integers and masks; nothing reads everything. Answers the items in C order, or the bare item
   * where every dimension was given an integer. The data lies on shared memory.
   *
   * Throws SelectionError outside the array, UnsupportedError for unknown codecs and data types, ChunkCorruptError for
   * stored bytes that do not decode, LimitError, IoError, AbortedError.
   */
  async get(selection?: SelectionInput, options: GetOptions<D> = {}): Promise<NdArray<D> | Scalar> {
    return this.#read(normalizeSelection(selection, this.shape, this.dimensionNames), options)
  }

  /**
   * Writes to a selection. The value is broadcast as NumPy does it: an item, a typed array, nested lists,
   * `{ data, shape }`, another array (copied piece by piece in bounded memory), an HDF5 dataset. Chunks covered in
   * part are read, merged and replaced as a whole. A value that the data type cannot hold is a ValueError; with
   * `casting: "unsafe"` fractions are cut off and integers wrap, as in NumPy.
   *
   * Throws SelectionError, ValueError (before anything is written, unless the value is another array), ReadOnlyError,
   * ChunkCorruptError where a stored chunk cannot be merged with, IoError, AbortedError.
   */
  async set(selection: SelectionInput, value: Value, options: SetOptions = {}): Promise<void> {
    await this.#write(normalizeSelection(selection, this.shape, this.dimensionNames), value, options)
  }

  /** Orthogonal: each dimension on its own, lists and masks never combine into points. */
  get oindex(): Indexer<SelectionInput, D> {
    return this.#indexer((selection) => orthogonalSelection(selection, this.shape))
  }

  /** Pointwise: one list of integers per dimension, broadcast together, or one mask of the array's shape. */
  get vindex(): Indexer<readonly (number | bigint | IndexList)[], D> {
    return this.#indexer((selection) => pointSelection(selection, this.shape))
  }

  /** Whole chunks (shards, where there are any) by integers and slices over the chunk grid. */
  get blocks(): Indexer<SelectionInput, D> {
    return this.#indexer((selection) => {
      const blocks = normalizeSelection(selection, [...this.#node.grid.gridShape])
      if (blocks.kind !== 'basic') throw new UsageError('Blocks are selected by integers and slices only.')
      return this.#node.blocks(blocks.dims)
    })
  }

  /**
   * Changes the shape: `resize(20000, 10000)` or `resize([20000, 10000])`, null keeps a length. Data is not rearranged;
   * chunks outside the new shape are deleted, and what growing makes visible shows the fill value.
   * Throws UsageError, ReadOnlyError, ConflictError where somebody else changed the shape meanwhile, IoError.
   */
  async resize(...shape: (number | null)[] | [readonly (number | null)[]]): Promise<void> {
    this.#checkWritable()
    const [first] = shape
    const lengths = Array.isArray(first) ? (first as (number | null)[]) : (shape as (number | null)[])
    this.#take(await resizeArray(this.#node, lengths, { locks: this.#locks }))
  }

  /**
   * Appends a value along an axis (0 when absent); its other lengths must be the array's. With a synchronizer several
   * writers may append to one array. Throws ValueError, UsageError, ReadOnlyError, ConflictError, IoError.
   */
  async append(data: Value, axis = 0, options: Omit<SetOptions, 'fields'> = {}): Promise<void> {
    this.#checkWritable()
    this.#take(await asCall(() => appendValue(this.#node, data, axis, { ...options, ...this.#writing })))
  }

  /** All bytes stored under this array, metadata included. */
  async nbytesStored(options: { signal?: AbortSignal } = {}): Promise<number> {
    return countBytes(this.#node, options)
  }

  /** Chunks that are stored (inner chunks, with shards). */
  async initialized(options: { signal?: AbortSignal } = {}): Promise<number> {
    return countInitialized(this.#node, options)
  }

  /** The summary block in four lines: shape and type, compression, sizes, store. */
  async info(options: { signal?: AbortSignal } = {}): Promise<string> {
    const block = await infoBlock(this.#node, options)
    const { synchronizer } = this.#access
    if (!synchronizer) return block
    const synchronized = block.replace('zarr.core.Array', 'zarr.sync.SynchronizedArray')
    return `${synchronized}; synchronizer: ${synchronizer.className}`
  }

  /** Reads the metadata again. Throws NodeNotFoundError where the array is gone. */
  async refresh(): Promise<void> {
    const { store, path, context, metadata } = this.#node
    const node = await openNode(store, path, context, { format: metadata.zarrFormat })
    if (node.kind !== 'array') throw new UsageError(`"${path}" is a group now.`)
    this.#take(node)
  }

  #take(node: EngineArray): void {
    this.#node = node
    this.#detail = arrayDetail(node)
  }

  get #writing(): { locks: KeyLocks | undefined; writeEmptyChunks: boolean; lane: 'visible' } {
    return { locks: this.#locks, writeEmptyChunks: this.#access.writeEmptyChunks ?? false, lane: 'visible' }
  }

  #checkWritable(): void {
    if (this.#access.readOnly) throw openedForReading(this.#node)
  }

  #indexer<I>(toSelection: (selection: I) => Selection): Indexer<I, D> {
    return {
      get: async (selection, options = {}) => this.#read(toSelection(selection), options),
      set: async (selection, value, options = {}) => this.#write(toSelection(selection), value, options),
    }
  }

  async #write(selection: Selection, value: Value, options: SetOptions): Promise<void> {
    this.#checkWritable()
    await asCall(() => writeValue(this.#node, selection, value, { ...options, ...this.#writing }))
  }

  async #read(selection: Selection, { out, fields, signal }: GetOptions<D>): Promise<NdArray<D> | Scalar> {
    if (out !== undefined && fields !== undefined)
      throw new UsageError('`out` and `fields` do not go together.')
    const target = out === undefined ? undefined : sharedTarget(out, selection, this.#node.dtype)
    const how: ArrayReadOptions = {}
    if (signal) how.signal = signal
    if (fields !== undefined) how.fields = typeof fields === 'string' ? [fields] : fields
    if (target) how.out = target
    const result = await asCall(() => this.#node.readAll(selection, how))
    const { data: bytes, offsets, shape, dtype } = result
    if (shape.length === 0 && out === undefined) return dataType(dtype).read(bytes, 0, bytes.length)
    const data =
      out === undefined ? readTyped(dtype, bytes, offsets) : target ? out : intoCallersBuffer(out, bytes)
    return { data: data as DataOf<D>, shape, dtype: fields === undefined ? this.dtype : dataType(dtype).name }
  }
}
