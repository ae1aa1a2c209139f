import { UsageError } from '@shared/errors'
import { toJsonValue } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import type { AccessPattern, ChunkCandidate } from '@shared/model/trials'
import { PRESETS, type PresetName } from '@shared/trials/candidates'
import { parseLayoutText, parseLengths } from '@shared/trials/layout-text'
import { splitCandidates } from '@shared/trials/split-text'
import { tune } from '@engine/trials/tune'
import { wholeNumber } from './arguments'
import { defineCommand } from './command'
import { tuneText } from './output/tune-text'
import { progress } from './progress'
import { withArray } from './target'

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
}
const MOST_BUDGET = 2 ** 30
const MOST_CHUNKS = 1024

export const command = defineCommand({
  name: 'tune',
  usage: 'ARRAY',
  summary: 'try codecs and chunk shapes on a sample of an array; nothing is written',
  details: [
    'A codec candidate is a chain joined by "+", such as delta+zstd:3, with C or F in front for another order (F+zstd:3);',
    'candidates are joined by commas, and "present" is the setting that the array has.',
    'A chunk candidate is 1,none,none, with shards behind a slash: 10,100/100,1000.',
    'A pattern is a selection and its weight: --pattern "0, :, :=2" --pattern ":, 5, 5=1"; behind "any" stand lengths of a',
    'window that lies anywhere: --pattern "any 1, none, none=2". Without patterns: everything, a map and a series.',
  ],
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'one JSON document' },
    budget: { kind: 'text', value: 'BYTES', help: 'decoded bytes of the sample (default: 64MB)' },
    seed: { kind: 'text', value: 'N', help: 'which chunks are drawn (default: 0)' },
    pattern: { kind: 'repeat', value: 'SELECTION=WEIGHT', help: 'a way the array is read' },
    sample: { kind: 'text', value: 'N', help: 'chunks of the sample at most (default: 16)' },
    codecs: { kind: 'repeat', value: 'SPEC,…', help: 'codec candidates (default: those of the preset)' },
    preset: { kind: 'text', value: 'NAME', help: `${PRESETS.join(', ')} (default: usual)` },
    chunks: { kind: 'repeat', value: 'N,N,…[/N,N,…]', help: 'a chunk candidate (default: generated ones)' },
  },
  async run(context) {
    const { options, io, positional } = context
    const sample = {
      budgetBytes: byteCount(options.budget ?? '64MB'),
      seed: options.seed === undefined ? 0 : wholeNumber(options.seed, 'seed'),
      ...(options.sample === undefined ? {} : { chunks: sampleOf(options.sample) }),
    }
    const preset = options.preset === undefined ? undefined : presetOf(options.preset)
    const patterns = options.pattern.map(patternOf)
    const candidates = options.codecs.flatMap(splitCandidates)
    if (options.codecs.length > 0 && candidates.length === 0)
      throw new UsageError('--codecs needs at least one candidate, such as zstd:3.')
    const shapes = options.chunks.map(shapeOf)
    return withArray(context, positional[0]!, async (array) => {
      const bar = progress(io, 'trying codecs')
      let [done, total] = [0, 0]
      const report = await tune(array, sample, {
        signal: io.signal,
        ...(patterns.length > 0 && { patterns }),
        ...(candidates.length > 0 && { candidates }),
        preset,
        ...(shapes.length > 0 && { shapes }),
        onProgress: (news) => {
          total = news.total
          if (news.kind === 'row') done = news.done
          bar.update(done, total)
        },
        onChunk: () => bar.update(done, total),
      })
      bar.end()
      const { codecs, chunks, suggestion } = report
      const json = { codecs: codecs.rows, chunks: chunks.rows, suggestion, sample: codecs.sample }
      await io.out(options.json ? `${stringifyJson(toJsonValue(json), { indent: 2 })}\n` : tuneText(report))
      return 0
    })
  },
})

/** "64MB", "1GiB", "4096". Throws UsageError. */
function byteCount(text: string): number {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? []
  const factor = Object.hasOwn(UNITS, unit.toUpperCase()) ? UNITS[unit.toUpperCase()] : undefined
  const bytes = number === '' || factor === undefined ? NaN : Math.floor(Number(number) * factor)
  if (bytes >= 1 && bytes <= MOST_BUDGET) return bytes
  throw new UsageError(`--budget needs a number of bytes up to 1GiB, such as 64MB, not "${text}".`)
}

/** The weight is what stands behind the last "=": dimension names have one of their own. */
function patternOf(text: string): AccessPattern {
  const equals = text.lastIndexOf('=')
  const weight = equals < 0 ? NaN : Number(text.slice(equals + 1).trim() || NaN)
  if (!(weight > 0 && Number.isFinite(weight)))
    throw new UsageError(`--pattern needs a selection and its weight, such as "0, :, :=2", not "${text}".`)
  const [, window] = /^\s*any\b(.*)$/is.exec(text.slice(0, equals)) ?? []
  if (window === undefined) return { selection: text.slice(0, equals), weight }
  return { dims: typed('--pattern', () => parseLengths(window)), weight }
}

const shapeOf = (text: string): ChunkCandidate => typed('--chunks', () => parseLayoutText(text))

/** Says which option is not right. */
function typed<T>(option: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${option} needs lengths: ${error.message}`)
    throw error
  }
}

function sampleOf(text: string): number {
  const chunks = wholeNumber(text, 'sample')
  if (chunks >= 1 && chunks <= MOST_CHUNKS) return chunks
  throw new UsageError(`--sample needs a number of chunks from 1 to ${MOST_CHUNKS}, not "${text}".`)
}

function presetOf(text: string): PresetName {
  const preset = PRESETS.find((name) => name === text)
  if (preset) return preset
  throw new UsageError(`--preset is ${PRESETS.slice(0, -1).join(', ')} or ${PRESETS.at(-1)!}, not "${text}".`)
}
