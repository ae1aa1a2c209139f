import type { DataTypeSpec } from '../dtype/spec'
import type { DimSlice } from '../selection/selection'

/** A file outside the store that the host let the person choose; `path` is for people to read, never opened by it. */
export interface FileRef {
  ticket: string
  path: string
}

/** Values for a region, worked out by the engine so that they need not travel. Numbers are texts of the data type. */
export type Fill =
  | { kind: 'constant'; text: string }
  /** start, start + step, … in C order over the region. */
  | { kind: 'arange'; start: string; step: string }
  /** From start to stop, both included, evenly in C order over the region. */
  | { kind: 'linspace'; start: string; stop: string }
  /**
   * `uniform` lies from `low` up to, not including, `high`; whole numbers and times include both. `normal` has mean `low`
   * and standard deviation `high`. A seed and a cell's place in the region determine its value.
   */
  | { kind: 'random'; distribution: 'uniform' | 'normal'; low: string; high: string; seed: number }
  /** In `x` (the present value) and the indices of the array: `i0`, `i1`, … and dimension names. */
  | { kind: 'expression'; text: string }
  /** An .npy or .csv file whose shape broadcasts to the region. */
  | { kind: 'file'; file: FileRef }

/** One change inside an attributes object; the path starts at the attributes' own object. */
export type AttributeChange = { path: (string | number)[] } & (
  | { op: 'set' | 'insert'; /** JSON text of the value, kept token by token. */ json: string }
  | { op: 'delete' }
  | { op: 'rename'; name: string }
  /** To another place among its siblings. */
  | { op: 'move'; to: number }
)

/** A new array, as the dialog and the command line say it; see NewArrayOptions of the engine. */
export interface ArrayOptions {
  shape: number[]
  /** null is the whole dimension; 'auto' a guess. */
  chunks: (number | null)[] | 'auto'
  shards: number[] | null
  /** NumPy string or v3 name, or JSON text of a structured type. */
  dtype: string
  order: 'C' | 'F'
  /** As `create --fill` takes it; null leaves it undefined. */
  fillValue: string | null
  /** Codec text or JSON text; null for none. */
  compressor: string | null
  filters: string[]
  zarrFormat: 1 | 2 | 3
  separator?: '.' | '/' | undefined
  dimensionNames?: (string | null)[] | null | undefined
  /** JSON text of an object. */
  attributes?: string | undefined
}

/**
 * What a person wants to change. It is staged: nothing is written to the store before Save. Everything here can be
 * undone. What is too large to be staged is a job (model/jobs).
 */
export type Edit =
  /**
   * Canonical items of the array's data type (see DataTypeSpec), C order over `shape`, broadcast to the region. `also`,
   * here and below: more regions, which get the same.
   */
  | {
      kind: 'cells'
      path: string
      dims: DimSlice[]
      also?: DimSlice[][] | undefined
      shape: number[]
      data: Uint8Array
      offsets?: Uint32Array | undefined
      /** What the items are; refused where the array is of another type by now. */
      dtype?: DataTypeSpec | undefined
      /** What the person did, where it was no typing. */
      by?: 'typing' | 'paste' | undefined
    }
  /** `field`: only this field of the records, of which `x` and the values are then. */
  | {
      kind: 'fill'
      path: string
      dims: DimSlice[]
      also?: DimSlice[][] | undefined
      fill: Fill
      field?: string | undefined
    }
  /** The fill value; chunks that are covered whole go missing. */
  | { kind: 'clear'; path: string; dims: DimSlice[]; also?: DimSlice[][] | undefined }
  /** Cells of the region for which the predicate holds (`> 300`, `isnan(x)`) get new values. */
  | {
      kind: 'replace'
      path: string
      dims: DimSlice[]
      where: string
      fill: Fill
      field?: string | undefined
    }
  | { kind: 'attributes'; path: string; changes: AttributeChange[] }
  /** The whole attributes object as JSON text; values that are equal keep their bytes. */
  | { kind: 'attributesText'; path: string; text: string }
  | { kind: 'createGroup'; path: string; zarrFormat: 2 | 3 }
  | { kind: 'createArray'; path: string; options: ArrayOptions }
  /** Chunks outside the new shape are deleted. */
  | { kind: 'resize'; path: string; shape: number[] }
  | { kind: 'delete'; path: string }
  | { kind: 'move'; path: string; to: string }
  /** Grid coordinates (of shards, where sharded). */
  | { kind: 'deleteChunks'; path: string; chunks: number[][] }
  /** Decoded and encoded anew with the array's codecs. */
  | { kind: 'rewriteChunks'; path: string; chunks: number[][] }
  /** Every stored chunk that holds nothing but the fill value goes. */
  | { kind: 'dropFillOnly'; path: string }
  | { kind: 'consolidate'; path: string }

export type EditKind = Edit['kind']

/** One staged edit, for the list of the review. */
export interface EditInfo {
  id: number
  kind: EditKind
  /** One line, such as "Fill 1,240 cells of /obs/t[3, :, 0:10]". */
  label: string
  path: string
  /** Cells: the region as a selection. */
  region?: string
  cells?: number
  /** Chunks (shards, where sharded) that change, and the bytes that Save will write for them. */
  chunks: number
  bytes: number
  /** Attributes and cells (a single one): values before and after, as text. */
  before?: string
  after?: string
  /** Milliseconds since 1970. */
  at: number
  /** The edit itself, cells and the ends of long lists left out. */
  edit: Edit
  /** The store holds this edit, and Save will take it back. */
  takesBack?: true
}

/** A key that another program changed after it was staged or saved here. */
export interface EditConflict {
  key: string
  path: string
  /** Grid coordinates where the key is a chunk. */
  coords?: number[]
  /** Identity of what the other program had written when both sides were looked at. */
  version: string
  /** Both sides in words or as JSON text of the document; cells as text for small chunks. */
  mine: string
  theirs: string
}

/** A conflict as it was shown to the person who settles it. */
export type ShownConflict = Pick<EditConflict, 'key' | 'version'>

/** All that the window shows of the staged edits of one store. */
export interface EditsState {
  /** Counts changes. */
  version: number
  /** Oldest first; what is undone is not among them. */
  edits: EditInfo[]
  /** Labels of what Undo and Redo would do; null where there is nothing. Both reach across Save. */
  undo: string | null
  redo: string | null
  /** Keys that differ from the store, and the bytes that Save would write. */
  keys: number
  bytes: number
  /** Paths of nodes with staged changes. */
  paths: string[]
  /** Why nothing can be edited, in one sentence; null where editing is possible. */
  frozen: string | null
  /** Edits of an earlier run that did not end well were brought back: how many, and from when. */
  recovered: { edits: number; at: number } | null
  /** Something that a person should know about an earlier Save, such as that it was finished now. */
  notice: string | null
  conflicts: EditConflict[]
  saving: boolean
  /** When Save last ended well; milliseconds since 1970. */
  savedAt: number | null
}

/** What an edit would do, before it is staged. */
export interface EditPreview {
  cells: number
  /** Chunks that get another content, and those that go. */
  chunksWritten: number
  chunksDeleted: number
  /** Stored bytes that go. */
  bytesDeleted: number
  /** Other keys that are written or go: documents. */
  documents: number
  /** It is too large to be staged and undone; a job can do it. */
  tooLarge: boolean
  /** A fill: its first new values, C order, at most 8. */
  first?: string[]
}

/** Something changed: through this window, another one of this program, or by another program. */
export interface StoreChange {
  by: 'edit' | 'save' | 'outside'
  /** Nodes whose cells, chunks or metadata may differ now; [""] and `whole` for "anything". */
  paths: string[]
  whole: boolean
  /** Nodes came, went or moved: listings are to be read again. */
  tree: boolean
}
