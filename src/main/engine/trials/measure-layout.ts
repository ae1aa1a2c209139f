import { LimitError } from '@shared/errors'
import type { AccessPattern, ChunkCandidate, LayoutTrial } from '@shared/model/trials'
import { formatSelection } from '@shared/selection/describe'
import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import type { ZarrArray } from '../nodes/array'
import { derivedOptions } from '../nodes/copying/derived-options'
import { createArray } from '../nodes/creation/create-node'
import { openNode } from '../nodes/open'
import { asSelection } from '../nodes/slabs'
import { writeArray } from '../nodes/writing/write-array'
import { LoggingStore } from '../stores/logging'
import { MemoryStore } from '../stores/memory'
import { parseChain } from './chain-text'
import { itemBytes, resolveLayout, type Layout } from './layouts'
import { bindPatterns, presetPatterns, type BoundPattern } from './patterns'
import { seededRandom } from './random'
import { cutShape } from './sample-chunk'
import type { TrialOptions } from './sample'

export interface LayoutTrialOptions extends TrialOptions {
  patterns?: readonly AccessPattern[] | undefined
  /** A candidate of the codec laboratory; the array's own codecs when absent. */
  codec?: string | undefined
  /** Decoded bytes of the region that is copied. */
  budgetBytes: number
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/** Places at which a window is read. */
const PLACES = 8
const MOST_BYTES = 2 ** 30

/**
 * Copies a region of the array to memory with another layout and reads it by the patterns through the engine: what is
 * stored, how long it takes, what is read. Nothing but that memory is written. A chunk that cannot be read counts as
 * fill and is told. Throws UsageError for a layout that is impossible, LimitError, AbortedError.
 */
export async function measureLayout(
  array: ZarrArray,
  candidate: ChunkCandidate,
  options: LayoutTrialOptions,
): Promise<LayoutTrial> {
  const { signal, budgetBytes } = options
  if (budgetBytes > MOST_BYTES) throw new LimitError('The bytes of a trial copy', budgetBytes, MOST_BYTES)
  const facts = { shape: array.shape, dimensionNames: array.metadata.dimensionNames }
  const patterns = bindPatterns(facts, options.patterns?.length ? options.patterns : presetPatterns(facts))
  const layout = resolveLayout(array.shape, candidate)
  const shape = cutShape(array.shape, Math.max(1, Math.floor(budgetBytes / itemBytes(array))))
  const total = patterns.length + 2
  const step = (done: number): void => options.onProgress?.({ done, total })
  const region = shape.map((count) => ({ start: 0, step: 1, count }))
  const lane = { lane: 'background' as const, ...(signal && { signal }) }
  const source = await array.read({ kind: 'basic', dims: region }, lane)
  step(1)
  const copy = await trialCopy(array, layout, shape, options.codec)
  const writeStart = performance.now()
  await writeArray(
    copy.array,
    { kind: 'basic', dims: region },
    { ...source, shape },
    { ...lane, writeEmptyChunks: true },
  )
  const writeMs = performance.now() - writeStart
  step(2)
  const stored = await copy.stored()
  const reads: LayoutTrial['patterns'] = []
  for (const pattern of patterns) {
    reads.push(await timed(copy, pattern, shape, lane))
    step(reads.length + 2)
  }
  const weights = patterns.reduce((sum, { weight }) => sum + weight, 0)
  return {
    ...layout,
    region: formatSelection({ kind: 'basic', dims: region }, array.shape),
    rawBytes: source.data.length,
    ...stored,
    ratio: stored.storedBytes > 0 ? source.data.length / stored.storedBytes : 0,
    writeMs,
    measuredMs: reads.reduce((sum, { ms, weight }) => sum + ms * weight, 0) / weights,
    patterns: reads,
    notes: notesOf(array, layout, shape, source.failures),
  }
}

interface TrialCopy {
  array: ZarrArray
  log: LoggingStore
  stored(): Promise<{ storedBytes: number; files: number }>
}

/** An empty array in a store of its own in memory, which nothing else can see. */
async function trialCopy(
  array: ZarrArray,
  { chunks, shards }: Layout,
  shape: readonly number[],
  codec: string | undefined,
): Promise<TrialCopy> {
  const { zarrFormat, order } = array.metadata
  const memory = new MemoryStore()
  const context = { executor: array.context.executor }
  const asked = {
    chunks,
    shards,
    attributes: new Map(),
    ...(codec === undefined ? {} : parseChain(codec, order)),
  }
  await createArray(memory, '', { ...derivedOptions(array, asked, zarrFormat), shape }, context)
  const documents = await sizesOf(memory)
  const log = new LoggingStore(memory)
  const node = await openNode(log, '', context)
  if (node.kind !== 'array') throw new TypeError('an array was made')
  return {
    array: node,
    log,
    stored: async () => {
      const all = await sizesOf(memory)
      return { storedBytes: all.bytes - documents.bytes, files: all.files - documents.files }
    },
  }
}

async function sizesOf(store: MemoryStore): Promise<{ bytes: number; files: number }> {
  const sum = { bytes: 0, files: 0 }
  for await (const batch of store.scan(''))
    for (const { size } of batch) {
      sum.bytes += size
      sum.files++
    }
  return sum
}

/** Reads the pattern at several places of the region, after one read to warm up; figures are means over the places. */
async function timed(
  { array, log }: TrialCopy,
  pattern: BoundPattern,
  shape: readonly number[],
  lane: { signal?: AbortSignal },
): Promise<LayoutTrial['patterns'][number]> {
  const places = placesOf(pattern, shape)
  const sum = { ms: 0, bytesRead: 0, touched: 0 }
  await array.read(places[0]!, lane)
  for (const place of places) {
    log.clear()
    const start = performance.now()
    await array.readAll(place, lane)
    sum.ms += performance.now() - start
    sum.touched += log.keysRead.length
    for (const key of log.keysRead) sum.bytesRead += (await array.store.size(key)) ?? 0
  }
  const n = places.length
  const { name, weight } = pattern
  return { name, weight, ms: sum.ms / n, bytesRead: sum.bytesRead / n, touched: sum.touched / n }
}

function placesOf({ window, selection }: BoundPattern, shape: readonly number[]): Selection[] {
  if (selection) return [clipped(selection, shape)]
  const random = seededRandom(1)
  const widths = shape.map((length, k) => Math.min(length, window![k]!))
  const fixed = widths.every((width, k) => width === shape[k])
  return Array.from({ length: fixed ? 1 : PLACES }, () => ({
    kind: 'basic' as const,
    dims: widths.map((count, k) => ({
      start: Math.floor(random() * (shape[k]! - count + 1)),
      step: 1,
      count,
    })),
  }))
}

/** A selection of the whole array as far as it lies in the region. */
function clipped(selection: Selection, shape: readonly number[]): Selection {
  if (selection.kind === 'points') {
    const kept = Array.from(selection.indices[0] ?? [], (_, i) => i).filter((i) =>
      selection.indices.every((list, k) => list[i]! < shape[k]!),
    )
    return {
      kind: 'points',
      indices: selection.indices.map((list) => Float64Array.from(kept, (i) => list[i]!)),
      shape: [kept.length],
    }
  }
  return asSelection(selection.dims.map((dim, k) => clippedDim(dim, shape[k]!)))
}

function clippedDim(dim: DimSlice | DimIndices, length: number): DimSlice | DimIndices {
  if ('indices' in dim) return { indices: dim.indices.filter((index) => index < length) }
  const { start, step, count } = dim
  if (count === 0 || (start < length && start + (count - 1) * step < length)) return dim
  // What lies beyond the region is at one end of the run: the far one, or with a negative step the near one.
  const inside =
    step > 0
      ? Math.max(0, Math.ceil((length - start) / step))
      : count - Math.ceil((start - length + 1) / -step)
  const kept = Math.max(0, Math.min(count, inside))
  return { start: step > 0 ? Math.min(start, length) : start + (count - kept) * step, step, count: kept }
}

function notesOf(
  { shape: whole }: ZarrArray,
  { chunks }: Layout,
  shape: readonly number[],
  failures: readonly { error: { message: string } }[],
): string[] {
  const notes: string[] = []
  if (shape.some((length, k) => length < whole[k]!))
    notes.push(
      `The trial copy is the part (${shape.join(', ')}) of the array; times of whole dimensions are of that part.`,
    )
  if (shape.some((length, k) => length < Math.min(whole[k]!, chunks[k]!)))
    notes.push(
      'The budget is smaller than one chunk of this layout: sizes and times are of a chunk that is partly fill.',
    )
  if (failures[0])
    notes.push(
      `${failures.length} chunk${failures.length === 1 ? '' : 's'} of the region cannot be read and counts as fill: ${failures[0].error.message}`,
    )
  return notes
}
