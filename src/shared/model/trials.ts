/**
 * What the compression and chunk laboratory tells: candidates measured on a sample of an array's own chunks. Nothing
 * here says anything about writing: applying a suggestion is a copy like any other.
 */

/** Which chunks trials are made with: spread over the grid by a seed, until either bound is reached. */
export interface SampleRequest {
  /** Chunks at most; 16 when absent. */
  chunks?: number | undefined
  /** Decoded bytes at most; one chunk is always taken, or a part of it where it is larger than the budget. */
  budgetBytes: number
  seed: number
}

/** What was taken. */
export interface SampleReport {
  /** Grid coordinates of the chunks (inner chunks, with shards) that were decoded. */
  coords: number[][]
  /** Chunks of the grid. */
  nchunks: number
  rawBytes: number
  /** Bytes that the sampled chunks take as they are stored; null where the store does not say. */
  storedBytes: number | null
  missing: number
  corrupt: number
  /** Chunk shape that candidates are tried with; smaller than the array's own where a chunk exceeds the budget. */
  chunkShape: number[]
  /** One sentence each: missing and corrupt chunks, a budget smaller than a chunk, an array that is empty. */
  notes: string[]
  /** Tells samples apart: trials of the same candidates on equal samples give equal sizes. */
  fingerprint: string
}

/** A sample alone, before anything is tried on it. */
export interface SampleTrial {
  sample: SampleReport
  /** Initialised chunks of the array, which stored sizes are projected to. */
  initialized: number
}

/** How an array would be stored: what a new array or a copy takes as its options. */
export interface CodecSetting {
  order: 'C' | 'F'
  /** Codec texts ("delta:<i4") or JSON of one codec, in encoding order. */
  filters: string[]
  /** Codec text or JSON; null for none. */
  compressor: string | null
}

/** One candidate of the codec laboratory. */
export interface CodecRow {
  /** Text of the candidate, as `candidates` and the command line's --codecs take it; names the row. */
  spec: string
  /** For people, such as "blosc zstd 5, bit shuffle". */
  name: string
  setting: CodecSetting
  /** Decoded bytes over encoded ones. */
  ratio: number | null
  /** Encoded bytes of the sample. */
  sampleBytes: number | null
  /** What all initialised chunks would take, projected from the sample. */
  storedBytes: number | null
  /** Millions of decoded bytes a second, on one thread of this machine. */
  encodeMBps: number | null
  decodeMBps: number | null
  /** Every byte came back as it was; null where it was not tried. */
  lossless: boolean | null
  /** Largest absolute difference of a value, where it is not lossless. */
  maxError?: number
  /** Chunks of the sample that there was time for; fewer than all where the codec is slow. */
  measuredChunks?: number
  /** No other row has both a better ratio and a faster decoder; lossy rows compete among all. */
  pareto: boolean
  /** The setting that the array has. */
  present: boolean
  /** Why the candidate cannot be used for this array, in one sentence; no figures then. */
  refused?: string
  /** What has to be known before the setting is used, in one sentence. */
  warning?: string
}

export type CodecProgress =
  | { kind: 'sample'; sample: SampleReport; total: number }
  | { kind: 'row'; row: CodecRow; done: number; total: number }

export interface CodecTrials {
  sample: SampleReport
  /** In the order of the candidates, with `pareto` set over all of them. */
  rows: CodecRow[]
  suggestion: { spec: string; reason: string } | null
}

/**
 * How an array is read, and how often compared with the others. `dims`: items that one access takes along each
 * dimension at any position, null for the whole dimension: [1, null, null] is a map at one time, averaged over all
 * times. `selection`: that one selection, in the syntax of the slice bar.
 */
export type AccessPattern = { weight: number; name?: string | undefined } & (
  { dims: (number | null)[] } | { selection: string }
)

/** A chunk shape to look at; null is the whole dimension. With shards: the inner chunks. */
export interface ChunkCandidate {
  chunks: (number | null)[]
  shards?: (number | null)[] | null | undefined
}

/** What one access of a pattern costs; exact, over all its positions on average. */
export interface PatternCost {
  name: string
  weight: number
  /** Chunks (inner chunks, with shards) that hold a wanted item. */
  touched: number
  /** Files that are opened: shards, or the chunks themselves. */
  filesTouched: number
  /** Decoded bytes of the chunks touched, chunks at the edge in full. */
  rawBytes: number
  /** Bytes wanted. */
  wantedBytes: number
  /** Decoded bytes over wanted ones. */
  amplification: number
  /** Stored bytes of the chunks touched; an estimate by the ratio. */
  bytesRead: number
}

/** One candidate of the chunk-shape laboratory; figures are weighted means over the patterns. */
export interface ChunkRow {
  chunks: number[]
  /** The present chunks differ in size (a rectilinear grid); `chunks` are the first, `chunkBytes` a mean. */
  varied?: true
  shards: number[] | null
  touched: number
  /** Stored bytes read; see `estimated`. */
  bytesRead: number
  rawBytes: number
  amplification: number
  /** Files of a full array (shards, where sharded). */
  files: number
  /** Decoded bytes of one chunk. */
  chunkBytes: number
  /** `bytesRead` follows from the ratio of other chunks; false once a trial copy has measured it. */
  estimated: boolean
  /** Milliseconds of one access of the patterns, measured on a trial copy of the sample. */
  measuredMs?: number
  present: boolean
  /** Why this row is the one suggested, in words. */
  suggestedWhy?: string
  patterns: PatternCost[]
  /** Why this shape is impossible for the array, in one sentence; figures are zero then. */
  refused?: string
}

export interface ChunkTrials {
  rows: ChunkRow[]
  /** `varied` as in `ChunkRow`: the present chunks, which differ in size, are good. */
  suggestion: { chunks: number[]; shards: number[] | null; varied?: true; reason: string } | null
  /** What bytes read were estimated with, and where it came from. */
  ratio: number
  ratioFrom: 'given' | 'sample' | 'none'
  notes: string[]
}

/** A region of the array, written to memory with the layout and read by the patterns. */
export interface LayoutTrial {
  chunks: number[]
  shards: number[] | null
  /** Region of the array that was copied, as a selection; a pattern is read inside it, clipped. */
  region: string
  /** It is all of the array. */
  whole: boolean
  rawBytes: number
  storedBytes: number
  files: number
  ratio: number
  writeMs: number
  /** Weighted mean of the milliseconds of one access inside the region. */
  measuredMs: number
  /** Means over the places that were read; bytes are those of the chunks touched and of shard indexes. */
  patterns: { name: string; weight: number; ms: number; bytesRead: number; touched: number }[]
  notes: string[]
}

/** What to take for an array, all in all. */
export interface Suggestion {
  /** Candidate text; null where none was measured. */
  codec: string | null
  chunks: number[]
  shards: number[] | null
  /** As in `ChunkRow`. */
  varied?: true
  reason: string
}

export type AdviceId =
  | 'small-chunks'
  | 'large-chunks'
  | 'flat-chunks'
  | 'uncompressed'
  | 'unshuffled'
  | 'differences'
  | 'noisy-bits'
  | 'fill-only'
  | 'many-files'
  | 'order'
  | 'narrower-dtype'

/** What a button sets up; nothing is changed by it. */
export type AdviceAction =
  | { kind: 'codec'; setting: CodecSetting; spec: string }
  | { kind: 'chunks'; chunks: number[]; shards: number[] | null }
  /** A type that all values fit into; the setting stores that type under the array's own, which a trial can show. */
  | { kind: 'dtype'; dtype: string; setting?: CodecSetting; spec?: string }
  /** Chunks of the sample that hold only fill. */
  | { kind: 'prune'; chunks: number }

/** A finding with its evidence, as someone who knows the field would give it. */
export interface Advice {
  id: AdviceId
  /** What it is, in a few words. */
  title: string
  /** What was counted or measured, with numbers, in one or two sentences. */
  evidence: string
  action: AdviceAction
}

export interface AdviceReport {
  sample: SampleReport
  advice: Advice[]
}

interface Measured {
  ratio: number | null
  decodeMBps: number | null
}

/**
 * Which rows no other row beats in both ratio and decode speed; rows without figures never belong. For rows of
 * several trials shown together.
 */
export function paretoFront(rows: readonly Measured[]): boolean[] {
  const order = rows
    .map(({ ratio, decodeMBps }, i) => ({ ratio: ratio ?? 0, speed: decodeMBps ?? 0, i }))
    .filter(({ ratio, speed }) => ratio > 0 && speed > 0)
    .sort((a, b) => b.ratio - a.ratio || b.speed - a.speed)
  const front = rows.map(() => false)
  let fastest = 0
  for (const { speed, i } of order) {
    if (speed <= fastest) continue
    fastest = speed
    front[i] = true
  }
  return front
}
