import { toErrorBody, UsageError, ZarrscopeError, isAborted, AbortedError } from '@shared/errors'
import {
  paretoFront,
  type CodecProgress,
  type CodecRow,
  type CodecTrials,
  type SampleRequest,
} from '@shared/model/trials'
import { choiceTexts, presetChoice, type PresetName } from '@shared/trials/candidates'
import { suggestCodec } from '@shared/trials/suggest-codec'
import type { ZarrArray } from '../nodes/array'
import { bindPresent, bindSetting, samePipeline, type Binding } from './bind-setting'
import { formatChain, isScaledBySample, parseChain } from './chain-text'
import { settingName } from './codec-name'
import { measureBinding, type Figures } from './measure-candidate'
import { initializedChunks } from './initialized'
import { takeSample, type Sample, type TrialOptions } from './sample'
import { valueRange, type ValueRange } from './scaled-filter'

export interface CodecTrialOptions extends TrialOptions {
  /** Codec texts; a preset for the array, with its present setting first, when absent. "present" names that one. */
  candidates?: readonly string[] | undefined
  /** "usual" when absent. */
  preset?: PresetName | undefined
  /** Milliseconds that one candidate may be measured for; at least one chunk is, whatever it takes. */
  candidateMs?: number | undefined
  /** Every candidate is measured on every chunk of the sample, whatever it takes. */
  all?: boolean | undefined
  onProgress?: ((progress: CodecProgress) => void) | undefined
  /** Called after every chunk that was measured. */
  onChunk?: (() => void) | undefined
}

const CANDIDATE_MS = 1000
const WARM_UP_MS = 50

/**
 * Measures candidates on a sample of the array's chunks, one after another, each on one worker in the background. A
 * candidate that cannot store the array is refused in its row and costs nothing. Reads the array only; what is encoded
 * is thrown away. Throws UsageError for a text that is no candidate, the array's own problem, AbortedError.
 */
export async function runCodecTrials(
  array: ZarrArray,
  request: SampleRequest,
  options: CodecTrialOptions = {},
): Promise<CodecTrials> {
  const { order, problem } = array.metadata
  if (problem) throw problem
  // Texts are checked before anything is read.
  for (const text of options.candidates ?? []) if (text !== 'present') parseChain(text, order)
  if (options.candidates?.length === 0)
    throw new UsageError('Name at least one candidate, or none at all for the usual ones.')
  const sample = await takeSample(array, request, options)
  const shape = sample.report.chunkShape
  const present = bindPresent(array, shape)
  const texts = options.candidates ?? ['present', ...presetTexts(array, options.preset)]
  const range = texts.some(isScaledBySample) ? valueRange(array.dtype, sample.chunks) : undefined
  const candidates = texts.map((text): Candidate => {
    if (text === 'present') return { spec: formatChain(present.setting, order), binding: present }
    const binding = bindSetting(array, parseChain(text, order, range), shape)
    return { spec: text, binding, ...(range && isScaledBySample(text) && { range }) }
  })
  const unique = options.candidates ? candidates : withoutPresentTwice(candidates)
  const total = unique.length
  options.onProgress?.({ kind: 'sample', sample: sample.report, total })
  const initialized = await initializedChunks(array, sample.report, options.signal)
  await warmUp(array, present, sample, options.signal)
  const rows: CodecRow[] = []
  for (const candidate of unique) {
    const row = await rowOf(array, candidate, present, { sample, initialized, options })
    rows.push(row)
    options.onProgress?.({ kind: 'row', row, done: rows.length, total })
  }
  const front = paretoFront(rows)
  const marked = rows.map((row, i) => ({ ...row, pareto: front[i]! }))
  return { sample: sample.report, rows: marked, suggestion: suggestCodec(marked) }
}

/** A thread that has just started would make the first candidate look slow. */
async function warmUp(
  { context }: ZarrArray,
  { pipeline }: Binding,
  { chunks }: Sample,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!pipeline || chunks.length === 0) return
  try {
    await measureBinding(context.executor, pipeline, chunks.slice(0, 1), { candidateMs: WARM_UP_MS, signal })
  } catch (error) {
    // What is wrong with it is told in its row.
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
  }
}

interface Candidate {
  spec: string
  binding: Binding
  /** What its scale was taken from. */
  range?: ValueRange
}

function presetTexts({ metadata, dtype, shape }: ZarrArray, preset: PresetName = 'usual'): string[] {
  const { order, zarrFormat } = metadata
  const facts = { dtype, rank: shape.length, order, zarrFormat }
  return choiceTexts(presetChoice(preset, facts), facts)
}

/** A preset leaves out the candidate that is the present setting, which comes first. */
function withoutPresentTwice(candidates: Candidate[]): Candidate[] {
  const present = candidates[0]?.binding.pipeline
  if (!present) return candidates
  return candidates.filter(
    ({ binding }, i) => i === 0 || !binding.pipeline || !samePipeline(binding.pipeline, present),
  )
}

interface Context {
  sample: Sample
  initialized: number
  options: CodecTrialOptions
}

async function rowOf(
  array: ZarrArray,
  { spec, binding, range }: Candidate,
  present: Binding,
  { sample, initialized, options }: Context,
): Promise<CodecRow> {
  const { setting, pipeline } = binding
  const isPresent =
    binding === present || (!!pipeline && !!present.pipeline && samePipeline(pipeline, present.pipeline))
  const row: CodecRow = {
    spec,
    name: settingName(setting, array.metadata.order),
    setting,
    ...NO_FIGURES,
    pareto: false,
    present: isPresent,
    ...(range && {
      warning: `Scaled to the numbers of the sample, ${range.min} to ${range.max}; others would be stored wrongly.`,
    }),
  }
  if (!pipeline) return { ...row, refused: binding.refused }
  if (sample.chunks.length === 0) return row
  try {
    const { signal, onChunk, all, candidateMs = CANDIDATE_MS } = options
    const figures = await measureBinding(array.context.executor, pipeline, sample.chunks, {
      candidateMs,
      all,
      signal,
      onChunk,
    })
    return { ...row, ...projected(figures, sample, initialized) }
  } catch (error) {
    if (isAborted(error) || options.signal?.aborted)
      throw error instanceof AbortedError ? error : new AbortedError()
    if (!(error instanceof ZarrscopeError)) throw error
    return { ...row, refused: toErrorBody(error).message }
  }
}

const NO_FIGURES = {
  ratio: null,
  sampleBytes: null,
  storedBytes: null,
  encodeMBps: null,
  decodeMBps: null,
  lossless: null,
}

function projected(
  { rawBytes, encodedBytes, encodeMBps, decodeMBps, lossless, maxError, chunks }: Figures,
  { chunks: all }: Sample,
  initialized: number,
): Partial<CodecRow> {
  const wholeChunk = all.reduce((sum, chunk) => sum + chunk.rawBytes, 0) / all.length
  const share = rawBytes === 0 ? 0 : encodedBytes / rawBytes
  return {
    ratio: encodedBytes === 0 ? null : rawBytes / encodedBytes,
    sampleBytes: encodedBytes,
    storedBytes: Math.round(share * wholeChunk * initialized),
    encodeMBps,
    decodeMBps,
    lossless,
    measuredChunks: chunks,
    ...(lossless || maxError === undefined ? {} : { maxError }),
  }
}
