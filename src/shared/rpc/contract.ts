/**
 * The one contract between the window and its host: procedure name → validated input, typed result, typed progress.
 * Two transports and an in-memory pair speak it (src/main/hosts/ports); inputs are validated on the engine's side in
 * all of them. The window never names a file: it names a store id, a key inside the store, or a ticket that the host
 * handed out.
 */
import * as v from 'valibot'
import type { Block } from '../model/block'
import type { ChunkBytes, ChunkDetail, ChunkMap, ChunkSurvey } from '../model/chunk-map'
import type { FolderListing, HostEvent, HostInfo, PickedFile, RecentStore, StoreInfo } from '../model/host'
import type { NodeDetail, NodeSummary, StorageCount, StoredDocument } from '../model/node'
import type { Edit, EditPreview, EditsState, StoreChange } from '../model/edits'
import type { FoundCell } from '../model/find'
import type { JobInfo } from '../model/jobs'
import type { ArrayPreview, FileContents } from '../model/preview'
import type { Histogram, LineBins, Overview, WorkDone } from '../model/plots'
import type { SelectionStatistics } from '../model/statistics'
import type {
  AdviceReport,
  ChunkTrials,
  CodecProgress,
  CodecTrials,
  LayoutTrial,
  SampleTrial,
} from '../model/trials'
import type { Scripts } from '../script/operation'
import { arrayOptions, edit, job } from './edit-schemas'
import { histogramInput, lineInput, overviewInput } from './plot-schemas'
import { dims, dimSlice, extensions, fileName, index, nodePath, storeId, text, ticket } from './schemas'

/** `out` and `progress` are phantoms for the type system; nothing reads them at run time. */
export interface Procedure<I extends v.GenericSchema, O, P = never> {
  input: I
  /**
   * What progress messages are: "parts" that the client needs all of, or "snapshots" of which a slow client gets only
   * the newest.
   */
  delivers: 'parts' | 'snapshots'
  out?: O
  progress?: P
}

const procedure =
  <O, P = never>(delivers: 'parts' | 'snapshots' = 'parts') =>
  <I extends v.GenericSchema>(input: I): Procedure<I, O, P> => ({ input, delivers })

const node = { store: storeId, path: nodePath }
/** See model/trials for all of these. */
const sample = v.object({
  chunks: v.optional(v.pipe(index, v.minValue(1), v.maxValue(1024))),
  budgetBytes: v.pipe(index, v.minValue(1), v.maxValue(2 ** 30)),
  seed: index,
})
const lengths = dims(v.nullable(v.pipe(index, v.minValue(1))))
const weight = v.pipe(v.number(), v.finite(), v.gtValue(0))
const patternName = v.optional(text(256))
const patterns = v.pipe(
  v.array(
    v.union([
      v.object({ dims: lengths, weight, name: patternName }),
      v.object({ selection: text(4096), weight, name: patternName }),
    ]),
  ),
  v.maxLength(64),
)
const candidate = v.object({ chunks: lengths, shards: v.optional(v.nullable(lengths)) })
const codecText = text(65536)

export const contract = {
  /** What hosts the window, and which stores it should open first. */
  'host.info': procedure<HostInfo>()(v.object({})),
  /**
   * Asks the person through the host's own dialog; null when they changed their mind. `extensions` are the files that
   * can be chosen, `name` is proposed for a new one.
   */
  'host.pick': procedure<PickedFile | null>()(
    v.object({
      kind: v.picklist(['folder', 'zip', 'file', 'saveFile', 'saveFolder']),
      extensions: v.exactOptional(extensions),
      name: v.exactOptional(fileName),
    }),
  ),
  /** Folder browser of hosts without dialogs, confined to the roots given on the command line. */
  'host.list': procedure<FolderListing>()(
    v.object({ path: v.exactOptional(text(4096)), extensions: v.exactOptional(extensions) }),
  ),
  /** A place in a folder of that browser, for something new. */
  'host.target': procedure<PickedFile>()(v.object({ folder: text(4096), name: fileName })),
  'host.recent': procedure<RecentStore[]>()(v.object({})),
  'host.forgetRecent': procedure<null>()(v.object({ ticket })),
  /** Menu commands and stores to open, for as long as the call lasts: it ends when the client cancels it. */
  'host.events': procedure<null, HostEvent>()(v.object({})),
  /** An https address in the person's browser, after they agreed to it. */
  'host.openExternal': procedure<null>()(v.object({ url: v.pipe(text(2048), v.startsWith('https://')) })),
  /** Shows where a node lies in the system's file manager, if this host runs on the person's desktop. */
  'host.reveal': procedure<null>()(v.object(node)),

  'store.open': procedure<StoreInfo>()(v.object({ ticket })),
  /** Makes a store at a place that the person named, with a group or an array as its root, and opens it. */
  'store.create': procedure<StoreInfo>()(
    v.object({
      ticket,
      root: v.union([v.object({ zarrFormat: v.picklist([2, 3]) }), v.object({ options: arrayOptions })]),
    }),
  ),
  'store.close': procedure<null>()(v.object({ store: storeId })),
  /** Writes the small sample store into the person's documents (or the first root) and opens it. */
  'store.sample': procedure<StoreInfo>()(v.object({})),

  'node.get': procedure<NodeDetail>()(v.object(node)),
  /** The metadata documents of a node as they are stored, for those that node.get cannot parse. */
  'node.documents': procedure<StoredDocument[]>()(v.object(node)),
  /** The nodes of one level; a long level may come in batches on the way, whose nodes are in the answer as well. */
  'node.children': procedure<NodeSummary[], { batch: NodeSummary[] }>()(v.object(node)),
  /** Every node below a path, in tree order, delivered in batches. */
  'node.walk': procedure<{ nodes: number }, { batch: NodeSummary[] }>()(v.object(node)),
  /** Counts stored bytes, chunks and files below a node; groups sum over their arrays. */
  'node.storage': procedure<StorageCount, StorageCount>('snapshots')(v.object(node)),
  /** The state of what is stored below a node, now and whenever it differs on the disk; equal states are equal texts. */
  'node.follow': procedure<null, { state: string }>('snapshots')(v.object(node)),
  /** What a new array at a path would be; without a store, one that is a store itself. Writes nothing. */
  'node.previewArray': procedure<ArrayPreview>()(
    v.object({ store: v.nullable(storeId), path: nodePath, options: arrayOptions }),
  ),
  /** What a chosen file holds that can be imported or appended. */
  'file.inspect': procedure<FileContents>()(v.object({ ticket })),
  /** The summary block in the tutorial's form; counts storage first. */
  'node.summary': procedure<{ text: string }>()(v.object(node)),

  /** Cells of a basic selection. Refused (LIMIT) above 4,000,000 items: the window reads what it shows. */
  'array.read': procedure<Block>()(v.object({ ...node, dims: dims(dimSlice) })),
  'array.statistics': procedure<SelectionStatistics, { done: number; total: number }>('snapshots')(
    v.object({ ...node, dims: dims(dimSlice) }),
  ),
  /**
   * The next or previous item of a region for which a predicate holds (`> 300`, `isnan`), behind `from` and around the
   * end; chunk by chunk. Throws ExpressionError.
   */
  'array.find': procedure<FoundCell, { done: number; total: number }>('snapshots')(
    v.object({
      ...node,
      dims: dims(dimSlice),
      where: text(4096),
      from: v.nullable(dims(index)),
      direction: v.picklist(['next', 'previous']),
    }),
  ),
  'array.chunkMap': procedure<ChunkMap, ChunkMap>('snapshots')(
    v.pipe(
      v.object({
        ...node,
        rowAxis: v.nullable(index),
        columnAxis: v.nullable(index),
        fixed: dims(v.nullable(index)),
        /** The map is binned so that it has at most this many cells along each side. */
        maxRows: v.pipe(index, v.maxValue(4096)),
        /** More along a single axis, so that the chunks of a long line can be told apart. */
        maxColumns: v.pipe(index, v.maxValue(2 ** 20)),
        /** See ChunkMapQuery for these. */
        wrap: v.exactOptional(v.pipe(index, v.minValue(1))),
        window: v.exactOptional(v.object({ row: index, rows: index, column: index, columns: index })),
        measure: v.exactOptional(v.picklist(['modified', 'min', 'max'])),
      }),
      v.check((q) => q.maxRows * q.maxColumns <= 2 ** 24, 'a chunk map has at most 16,777,216 cells'),
    ),
  ),
  'array.chunk': procedure<ChunkDetail>()(v.object({ ...node, coords: dims(index) })),
  /** A part of a chunk's bytes, as stored or decoded (canonical items in C order, the whole chunk also at the edge). */
  'array.chunkBytes': procedure<ChunkBytes>()(
    v.object({
      ...node,
      coords: dims(index),
      form: v.picklist(['stored', 'decoded']),
      offset: index,
      length: v.pipe(index, v.maxValue(16 * 2 ** 20)),
    }),
  ),
  /**
   * Decodes the stored chunks of an array in the background; what is found colours the chunk maps that are asked for
   * later. `again` looks at those as well that are known and have not been written since; "known" decodes nothing.
   */
  'array.survey': procedure<ChunkSurvey, ChunkSurvey>('snapshots')(
    v.object({ ...node, look: v.picklist(['known', 'new', 'again']) }),
  ),

  /** Evenly spaced items of a slice, at most `most` along each dimension; coarser ones first. See model/plots. */
  'array.overview': procedure<Overview, WorkDone & { coarse?: Overview }>('snapshots')(overviewInput),
  /** Smallest, largest and mean of every bin of a slice with one dimension. Reads all of it. */
  'array.line': procedure<LineBins, WorkDone>('snapshots')(lineInput),
  /** Counts and quantiles over a slice; of a slice beyond 2^28 items only of evenly spread chunks. */
  'array.histogram': procedure<Histogram, WorkDone>('snapshots')(histogramInput),

  /** What changes in a store, for as long as the call lasts; windows read again what they show of it. */
  'store.changes': procedure<null, StoreChange>()(v.object({ store: storeId })),
  /** Looks now whether another program changed what is shown: on focus and before saving. */
  'store.check': procedure<null>()(v.object({ store: storeId })),
  /** Looks at what is shown where the system does not tell of changes, as on network disks: every few seconds. */
  'store.poll': procedure<null>()(v.object({ store: storeId })),

  /** The staged edits of a store, now and whenever they change, for as long as the call lasts. */
  'edits.watch': procedure<null, EditsState>('snapshots')(v.object({ store: storeId })),
  /** What an edit would do; stages nothing. */
  'edits.preview': procedure<EditPreview>()(v.object({ store: storeId, edit })),
  /** Stages an edit; all or nothing. */
  'edits.apply': procedure<{ id: number }, { done: number; total: number }>('snapshots')(
    v.object({ store: storeId, edit }),
  ),
  /** A listed edit with its cells, for scripts; of more than 1 MiB of cells without them. */
  'edits.get': procedure<Edit>()(v.object({ store: storeId, id: index })),
  'edits.undo': procedure<null>()(v.object({ store: storeId })),
  'edits.redo': procedure<null>()(v.object({ store: storeId })),
  /** Takes one staged edit out, later ones stay. Throws ConflictError where later ones stand on it. */
  'edits.revert': procedure<null>()(v.object({ store: storeId, id: index })),
  'edits.discard': procedure<null>()(v.object({ store: storeId })),
  /** Writes what is staged. Throws ConflictError where another program changed a key; the state lists both sides. */
  'edits.save': procedure<{ keys: number; bytes: number }, { done: number; total: number }>('snapshots')(
    v.object({ store: storeId }),
  ),
  /**
   * Settles conflicts: `mine` will overwrite with the next Save, `theirs` drops what is staged for these keys. One that is
   * not as it was shown any more stays, with what is there now. Throws ConflictError then.
   */
  'edits.resolve': procedure<null>()(
    v.object({
      store: storeId,
      conflicts: v.pipe(v.array(v.object({ key: text(4096), version: text(256) })), v.maxLength(100_000)),
      take: v.picklist(['mine', 'theirs']),
    }),
  ),

  /** Every job of this window, now and whenever one changes, for as long as the call lasts. */
  'jobs.watch': procedure<null, JobInfo[]>('snapshots')(v.object({})),
  /** Checks the job and starts it. Throws what is wrong with it before anything is written. */
  'jobs.start': procedure<{ id: number }>()(v.object({ job })),
  'jobs.pause': procedure<null>()(v.object({ id: index })),
  'jobs.resume': procedure<null>()(v.object({ id: index })),
  'jobs.cancel': procedure<null>()(v.object({ id: index })),
  /** Takes an ended job off the list. */
  'jobs.forget': procedure<null>()(v.object({ id: index })),

  /** What trials would be made with. */
  'trials.sample': procedure<SampleTrial>()(v.object({ ...node, sample })),
  /** Trials of codecs on a sample; rows as they are measured. Without candidates: the matrix for the array's type. */
  'trials.codecs': procedure<CodecTrials, CodecProgress>()(
    v.object({
      ...node,
      candidates: v.exactOptional(v.pipe(v.array(codecText), v.maxLength(1024))),
      sample,
    }),
  ),
  /**
   * What chunk shapes would cost, by arithmetic. Without patterns: the presets of the array; without shapes, or with
   * `generated`: generated ones beside the present one. `ratio` spares the look at stored sizes while somebody types.
   */
  'trials.chunks': procedure<ChunkTrials>()(
    v.object({
      ...node,
      patterns: v.exactOptional(patterns),
      shapes: v.exactOptional(v.pipe(v.array(candidate), v.maxLength(256))),
      generated: v.exactOptional(v.boolean()),
      ratio: v.exactOptional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    }),
  ),
  /** Writes a region of the array to memory with one layout and reads it by the patterns. */
  'trials.measureLayout': procedure<LayoutTrial, { done: number; total: number }>('snapshots')(
    v.object({
      ...node,
      ...candidate.entries,
      patterns: v.exactOptional(patterns),
      codec: v.exactOptional(codecText),
      budgetBytes: sample.entries.budgetBytes,
    }),
  ),
  /** What gives the array a layout, as a command and as Python. */
  'trials.scripts': procedure<Scripts>()(
    v.object({
      ...node,
      layout: v.object({
        chunks: v.exactOptional(lengths),
        shards: v.exactOptional(v.nullable(lengths)),
        order: v.exactOptional(v.picklist(['C', 'F'])),
        filters: v.exactOptional(v.pipe(v.array(codecText), v.maxLength(64))),
        compressor: v.exactOptional(v.nullable(codecText)),
      }),
    }),
  ),
  /** Findings about how the array is stored, with evidence from a sample. */
  'trials.advice': procedure<AdviceReport>()(v.object({ ...node, sample })),
} satisfies Record<string, Procedure<v.GenericSchema, unknown, unknown>>

export type Contract = typeof contract
export type Method = keyof Contract
/** What a caller passes, what a handler gets after validation, what it answers and what it reports meanwhile. */
export type Input<M extends Method> = v.InferInput<Contract[M]['input']>
export type ValidInput<M extends Method> = v.InferOutput<Contract[M]['input']>
export type Output<M extends Method> = Exclude<Contract[M]['out'], undefined>
export type Progress<M extends Method> = Exclude<Contract[M]['progress'], undefined>
