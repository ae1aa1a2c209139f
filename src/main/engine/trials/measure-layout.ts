import { LimitError } from '@shared/errors'
import type { AccessPattern, ChunkCandidate, LayoutTrial } from '@shared/model/trials'
import { formatSelection } from '@shared/selection/describe'
import type { Selection } from '@shared/selection/selection'
import { presetPatterns } from '@shared/trials/preset-patterns'
import type { ArrayReadResult, ZarrArray } from '../nodes/array'
import { writeArray } from '../nodes/writing/write-array'
import { resolveLayout, type Layout } from './layouts'
import { bindPatterns, type BoundPattern } from './patterns'
import { seededRandom } from './random'
import { clipped, regionOf, type Region } from './region'
import type { TrialOptions } from './sample'
import { TrialCopy } from './trial-copy'

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
  const region = await regionOf(array, budgetBytes, patterns, { signal })
  const { shape } = region
  const total = patterns.length + 2
  const step = (done: number): void => options.onProgress?.({ done, total })
  const dims = shape.map((count, k) => ({ start: region.start[k]!, step: 1, count }))
  const lane = { lane: 'background' as const, ...(signal && { signal }) }
  const source = await array.read({ kind: 'basic', dims }, lane)
  step(1)
  const copy = await TrialCopy.create(array, layout, shape, options.codec)
  const writeStart = performance.now()
  const whole: Selection = { kind: 'basic', dims: shape.map((count) => ({ start: 0, step: 1, count })) }
  await writeArray(copy.array, whole, { ...source, shape }, { ...lane, writeEmptyChunks: true })
  const writeMs = performance.now() - writeStart
  step(2)
  const stored = await copy.stored()
  const reads: LayoutTrial['patterns'] = []
  for (const pattern of patterns) {
    reads.push(await timed(copy, pattern, region, lane))
    step(reads.length + 2)
  }
  const weights = patterns.reduce((sum, { weight }) => sum + weight, 0)
  return {
    ...layout,
    region: formatSelection({ kind: 'basic', dims }, array.shape),
    whole: shape.every((length, k) => length === array.shape[k]),
    rawBytes: source.data.length,
    ...stored,
    ratio: stored.storedBytes > 0 ? source.data.length / stored.storedBytes : 0,
    writeMs,
    measuredMs: reads.reduce((sum, { ms, weight }) => sum + ms * weight, 0) / weights,
    patterns: reads,
    notes: notesOf(array, layout, region, source),
  }
}

/** Reads the pattern at several places of the region, after one read to warm up; figures are means over the places. */
async function timed(
  copy: TrialCopy,
  pattern: BoundPattern,
  region: Region,
  lane: { signal?: AbortSignal },
): Promise<LayoutTrial['patterns'][number]> {
  const places = placesOf(pattern, region)
  const sum = { ms: 0, bytesRead: 0, touched: 0 }
  await copy.array.read(places[0]!, lane)
  for (const place of places) {
    const cost = await copy.count(async () => {
      const start = performance.now()
      const read = await copy.array.readAll(place, lane)
      sum.ms += performance.now() - start
      return read
    })
    sum.touched += cost.touched
    sum.bytesRead += cost.bytes
  }
  const n = places.length
  const { name, weight } = pattern
  return { name, weight, ms: sum.ms / n, bytesRead: sum.bytesRead / n, touched: sum.touched / n }
}

function placesOf({ window, selection }: BoundPattern, region: Region): Selection[] {
  if (selection) return [clipped(selection, region)]
  const { shape } = region
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

function notesOf(
  { shape: whole }: ZarrArray,
  { chunks }: Layout,
  { shape }: Region,
  { parts, failures }: ArrayReadResult,
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
  const missing = parts.filter(({ state }) => state === 'missing').length
  if (missing > 0)
    notes.push(
      `${missing} of ${parts.length} chunk${parts.length === 1 ? '' : 's'} of the region ${missing === 1 ? 'is' : 'are'} not stored and count${missing === 1 ? 's' : ''} as fill.`,
    )
  if (failures[0])
    notes.push(
      `${failures.length} chunk${failures.length === 1 ? '' : 's'} of the region cannot be read and count${failures.length === 1 ? 's' : ''} as fill: ${failures[0].error.message}`,
    )
  return notes
}
