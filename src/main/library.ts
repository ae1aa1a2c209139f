/**
 * Zarrscope as a library: `import { open } from 'zarrscope'`. Zarr arrays of formats 1, 2 and 3 in folders, zips and
 * memory, read and written in plain Node without Electron. Every call that may touch a store returns a promise.
 */
export { ZarrArray, type ArrayAccess, type GetOptions, type Indexer } from './library/array'
export { Attributes, type AttributeValue } from './library/attributes'
export { blosc } from './library/blosc'
export {
  array,
  create,
  empty,
  emptyLike,
  full,
  fullLike,
  ones,
  onesLike,
  zeros,
  zerosLike,
  type CodecInput,
  type CreateOptions,
} from './library/create'
export { ZarrGroup } from './library/group'
export { Hdf5, Hdf5Dataset, openHdf5 } from './library/hdf5'
export { group, open, openGroup, openLike, type OpenOptions } from './library/open'
export type { Mode, Target } from './library/place'
export type { NestedItems, PlainValue } from './library/value'
export type { SetOptions, Value } from './library/write-value'
export type { Casting } from '@engine/nodes/writing/cast-items'
export type { Synchronizer } from '@engine/nodes/writing/key-locks'
export type { ArrayTypes, DataOf, ItemValue, NdArray, Scalar, TypedArray } from './library/types'
export type { NodeSummary } from '@shared/model/node'
export {
  slice,
  type IndexList,
  type SelectionEntry,
  type SelectionInput,
  type Slice,
} from '@shared/selection/normalize'
export { DirectoryStore } from '@engine/stores/directory'
export { MemoryStore } from '@engine/stores/memory'
export { ProcessSynchronizer } from '@engine/stores/process-synchronizer'
export { ThreadSynchronizer } from '@engine/stores/thread-synchronizer'
export { ZipStore } from '@engine/stores/zip'
export type { MapLike } from '@engine/stores/map'
export type { ListableStore, Store } from '@engine/stores/store'
export {
  AbortedError,
  ChunkCorruptError,
  ConflictError,
  DisconnectedError,
  InternalError,
  IoError,
  LimitError,
  MetadataError,
  NodeExistsError,
  NodeNotFoundError,
  NotAStoreError,
  ReadOnlyError,
  SelectionError,
  UnsupportedError,
  UsageError,
  ValueError,
  ZarrscopeError,
} from '@shared/errors'
