import { isAborted, UsageError, ZarrscopeError } from '@shared/errors'
import type { AccessPattern, ChunkCandidate, ChunkRow, ChunkTrials } from '@shared/model/trials'
import { presetPatterns } from '@shared/trials/preset-patterns'
import type { ZarrArray } from '../nodes/array'
import { isVariable, itemBytes, layoutRow, presentRow, resolveLayout, type Layout } from './layouts'
import { bindPatterns, type BoundPattern } from './patterns'
import { takeSample, type TrialOptions } from './sample'
import { candidateShapes, shardShape } from './shapes'
import { suggestLayout } from './suggest-layout'

export interface ChunkTrialOptions extends TrialOptions {
  patterns?: readonly AccessPattern[] | undefined
  /** Absent: generated ones. */
  shapes?: readonly ChunkCandidate[] | undefined
  /** Generated shapes stand behind those that are named. */
  generated?: boolean | undefined
  /** Decoded over stored bytes, where it is known already. */
  ratio?: number | undefined
}

/** Generated shapes that are shown, beside the present one. */
const SHOWN = 10
/** Enough to learn a ratio from. */
const RATIO_SAMPLE = { chunks: 4, budgetBytes: 2 ** 24, seed: 0 }

/**
 * What chunk shapes cost for the given ways to read: chunks touched, decoded bytes and amplification are exact; stored
 * bytes are estimated by the ratio of what is stored now. The present layout is always the first row. A shape that is
 * impossible is refused in its row. Only reads, and nothing at all where the ratio is given.
 * Throws UsageError and SelectionError for patterns that do not fit.
 */
export async function runChunkTrials(
  array: ZarrArray,
  options: ChunkTrialOptions = {},
): Promise<ChunkTrials> {
  const facts = { shape: array.shape, dimensionNames: array.metadata.dimensionNames }
  const patterns = bindPatterns(facts, options.patterns?.length ? options.patterns : presetPatterns(facts))
  const { ratio, ratioFrom, notes } = await ratioOf(array, options)
  const present = presentRow(array, patterns, ratio)
  const evaluate = (layout: Layout): ChunkRow => layoutRow(array, layout, patterns, ratio)
  const generated = generatedLayouts(array, present, patterns, evaluate)
  const named = (options.shapes ?? []).map((shape) => typedRow(array, shape, evaluate))
  const wanted = options.shapes && !options.generated ? named : [...named, ...generated]
  const rows = distinct([present, ...wanted])
  const usable = [present, ...[...named, ...generated].filter(({ refused }) => refused === undefined)]
  const suggestion = suggestLayout(usable, array.metadata.zarrFormat)
  if (isVariable(array))
    notes.push(`Items vary in length; sizes are reckoned with ${itemBytes(array)} bytes an item.`)
  if (array.layout.nchunks === 0n) notes.push('The array is empty: every pattern reads nothing.')
  return {
    rows: marked(rows, suggestion, evaluate),
    suggestion,
    ratio,
    ratioFrom,
    notes,
  }
}

function typedRow(
  array: ZarrArray,
  candidate: ChunkCandidate,
  evaluate: (layout: Layout) => ChunkRow,
): ChunkRow {
  try {
    const layout = resolveLayout(array.shape, candidate)
    const row = evaluate(layout)
    if (layout.shards && array.metadata.zarrFormat < 3)
      return {
        ...row,
        refused: `Format ${array.metadata.zarrFormat} has no shards; convert the array to format 3.`,
      }
    return row
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { ...NOTHING, chunks: array.shape.map((_, k) => candidate.chunks[k] ?? 0), refused: error.message }
  }
}

const NOTHING: ChunkRow = {
  chunks: [],
  shards: null,
  touched: 0,
  bytesRead: 0,
  rawBytes: 0,
  amplification: 0,
  files: 0,
  chunkBytes: 0,
  estimated: true,
  present: false,
  patterns: [],
}

/** The best generated shapes; with shards as well where files would be many and the format has them. */
function generatedLayouts(
  array: ZarrArray,
  present: ChunkRow,
  patterns: readonly BoundPattern[],
  evaluate: (layout: Layout) => ChunkRow,
): ChunkRow[] {
  const { shape } = array
  const item = itemBytes(array)
  if (shape.length === 0) return []
  const shapes = candidateShapes(shape, item, present.chunks, patterns, evaluate).slice(0, SHOWN)
  return shapes.flatMap((chunks) => {
    const shards = array.metadata.zarrFormat === 3 ? shardShape(shape, chunks, item) : null
    return [evaluate({ chunks, shards: null }), ...(shards ? [evaluate({ chunks, shards })] : [])]
  })
}

function marked(
  rows: ChunkRow[],
  suggestion: ChunkTrials['suggestion'],
  evaluate: (layout: Layout) => ChunkRow,
): ChunkRow[] {
  if (!suggestion) return rows
  const { chunks, shards, reason } = suggestion
  const isIt = (row: ChunkRow): boolean => row.refused === undefined && sameLayout(row, suggestion)
  const all = rows.some(isIt) ? rows : [...rows, evaluate({ chunks, shards })]
  return all.map((row) => (isIt(row) ? { ...row, suggestedWhy: reason } : row))
}

const sameLayout = (a: Layout, b: Layout): boolean =>
  a.chunks.join() === b.chunks.join() && (a.shards ?? []).join() === (b.shards ?? []).join()

/** Each layout once; refused rows stay as they were typed. */
function distinct(rows: readonly ChunkRow[]): ChunkRow[] {
  const seen = new Set<string>()
  return rows.filter((row) => {
    if (row.refused !== undefined) return true
    const name = `${row.chunks.join()}/${(row.shards ?? []).join()}`
    return !seen.has(name) && seen.add(name)
  })
}

interface Ratio {
  ratio: number
  ratioFrom: ChunkTrials['ratioFrom']
  notes: string[]
}

async function ratioOf(array: ZarrArray, { ratio, signal }: ChunkTrialOptions): Promise<Ratio> {
  if (ratio !== undefined) return { ratio, ratioFrom: 'given', notes: [] }
  try {
    const { report } = await takeSample(array, RATIO_SAMPLE, { signal })
    if (report.storedBytes && report.rawBytes > 0)
      return { ratio: report.rawBytes / report.storedBytes, ratioFrom: 'sample', notes: [] }
    return { ratio: 1, ratioFrom: 'none', notes: [NO_RATIO] }
  } catch (error) {
    // Arithmetic needs no data: an array that cannot be read has its shapes all the same.
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    return { ratio: 1, ratioFrom: 'none', notes: [`${NO_RATIO} ${error.message}`] }
  }
}

const NO_RATIO = 'No stored chunk could be read: stored bytes are given as if nothing were compressed.'
