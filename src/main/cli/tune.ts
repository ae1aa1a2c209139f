import { UsageError } from '@shared/errors'
import { toJsonValue } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import type { AccessPattern, ChunkCandidate } from '@shared/model/trials'
import { splitCandidates } from '@engine/trials/chain-text'
import { tune } from '@engine/trials/tune'
import { wholeNumber } from './arguments'
import { defineCommand } from './command'
import { lengths } from './layout-options'
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

export const command = defineCommand({
  name: 'tune',
  usage: 'ARRAY',
  summary: 'try codecs and chunk shapes on a sample of an array; nothing is written',
  details: [
    'A codec candidate is a chain joined by "+", such as delta+zstd:3, with C or F in front for another order (F+zstd:3);',
    'candidates are joined by commas, and "present" is the setting that the array has.',
    'A chunk candidate is 1,none,none, with shards behind a slash: 10,100/100,1000.',
    'A pattern is a selection and its weight: --pattern "0, :, :=2" --pattern ":, 5, 5=1".',
  ],
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'one JSON document' },
    budget: { kind: 'text', value: 'BYTES', help: 'decoded bytes of the sample (default: 64MB)' },
    seed: { kind: 'text', value: 'N', help: 'which chunks are drawn (default: 0)' },
    pattern: { kind: 'repeat', value: 'SELECTION=WEIGHT', help: 'a way the array is read' },
    codecs: { kind: 'repeat', value: 'SPEC,…', help: 'codec candidates (default: a matrix)' },
    chunks: { kind: 'repeat', value: 'N,N,…[/N,N,…]', help: 'a chunk candidate (default: generated ones)' },
  },
  async run(context) {
    const { options, io, positional } = context
    const sample = {
      budgetBytes: byteCount(options.budget ?? '64MB'),
      seed: options.seed === undefined ? 0 : wholeNumber(options.seed, 'seed'),
    }
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
  return { selection: text.slice(0, equals), weight }
}

function shapeOf(text: string): ChunkCandidate {
  const [chunks = '', shards, ...rest] = text.split('/')
  if (rest.length > 0)
    throw new UsageError(`--chunks needs chunks and perhaps shards behind one slash, not "${text}".`)
  return { chunks: lengthsOrNone(chunks), shards: shards === undefined ? null : lengthsOrNone(shards) }
}

const lengthsOrNone = (text: string): (number | null)[] =>
  text
    .replace(/^\s*[([](.*)[)\]]\s*$/s, '$1')
    .split(',')
    .map((part) => part.trim())
    .filter((part, i, all) => part !== '' || i < all.length - 1)
    .map((part) => (/^(none|-1)$/i.test(part) ? null : oneLength(part, text)))

function oneLength(part: string, text: string): number {
  const [length] = lengths(part, 'chunks')
  if (length === undefined)
    throw new UsageError(`--chunks needs whole numbers or "none" joined by commas, not "${text}".`)
  return length
}
