import type { Advice, AdviceReport, ChunkTrials, CodecSetting, SampleRequest } from '@shared/model/trials'
import { figure } from '@shared/trials/figure'
import type { ZarrArray } from '../nodes/array'
import { humanSize } from '../nodes/human-size'
import { holdsOnly } from '../stats/chunk-detail'
import { bindPresent, bindSetting } from './bind-setting'
import { noisyBits } from './bit-noise'
import { formatChain } from './chain-text'
import { runChunkTrials } from './chunk-trials'
import { measureBinding } from './measure-candidate'
import { narrowerType } from './narrower-dtype'
import { takeSample, type Sample, type TrialOptions } from './sample'
import { MANY_FILES, RULE_BYTES } from './shapes'

interface Case {
  array: ZarrArray
  sample: Sample
  trials: ChunkTrials
  present: CodecSetting
  signal: AbortSignal | undefined
}

type Finding = (found: Case) => Advice | undefined | Promise<Advice | undefined>

/**
 * What someone who knows the field would say about how an array is stored, each finding with what was counted and the
 * trial that would show it. Worked out on a sample of chunks; only reads. Throws the array's own problem, AbortedError.
 */
export async function adviseOn(
  array: ZarrArray,
  request: SampleRequest,
  { signal }: TrialOptions = {},
): Promise<AdviceReport> {
  const sample = await takeSample(array, request, { signal })
  const { rawBytes, storedBytes } = sample.report
  const ratio = storedBytes && rawBytes > 0 ? rawBytes / storedBytes : 1
  const trials = await runChunkTrials(array, { ratio, signal })
  const { setting: present } = bindPresent(array, sample.report.chunkShape)
  const advice: Advice[] = []
  if (array.layout.nchunks > 0n) {
    for (const finding of FINDINGS) {
      const said = await finding({ array, sample, trials, present, signal })
      if (said) advice.push(said)
    }
  }
  return { sample: sample.report, advice }
}

/** Sizes off the rule by this factor are worth a word. */
const FAR = 8
/** A stored size that is this much smaller is worth a rewrite. */
const GAIN = 1.1

const chunksAction = ({ trials, array }: Case): Advice['action'] => ({
  kind: 'chunks',
  chunks: trials.suggestion?.chunks ?? array.shape.map((length) => Math.max(1, length)),
  shards: trials.suggestion?.shards ?? null,
})

const smallChunks: Finding = (found) => {
  const row = found.trials.rows[0]!
  if (row.chunkBytes * FAR >= RULE_BYTES || found.array.layout.nchunks < 16n) return undefined
  return {
    id: 'small-chunks',
    title: 'Chunks are far below 1 MiB',
    evidence: `A chunk holds ${humanSize(row.chunkBytes)}, and there are ${found.array.layout.nchunks.toLocaleString('en')} of them: finding each costs more than reading it.`,
    action: chunksAction(found),
  }
}

const largeChunks: Finding = (found) => {
  const row = found.trials.rows[0]!
  if (row.chunkBytes <= 64 * RULE_BYTES) return undefined
  return {
    id: 'large-chunks',
    title: 'Chunks are far above 1 MiB',
    evidence: `A chunk holds ${humanSize(row.chunkBytes)}; all of it is decoded for a single item.`,
    action: chunksAction(found),
  }
}

/** Chunks that are thin in the direction of a usual access. */
const flatChunks: Finding = (found) => {
  const { trials } = found
  const { suggestion } = trials
  const better = trials.rows.find((row) => row.suggestedWhy !== undefined && !row.present)
  if (!better || !suggestion) return undefined
  const [worst] = trials.rows[0]!.patterns.map((cost, i) => ({ cost, then: better.patterns[i]! }))
    .filter(
      ({ cost, then }) => cost.rawBytes >= FAR * then.rawBytes || cost.touched >= 4 * FAR * then.touched,
    )
    .sort((a, b) => b.cost.rawBytes / b.then.rawBytes - a.cost.rawBytes / a.then.rawBytes)
  if (!worst) return undefined
  const { cost, then } = worst
  return {
    id: 'flat-chunks',
    title: `Chunks are the wrong way round for a ${cost.name}`,
    evidence: `A ${cost.name} touches ${figure(cost.touched)} chunks and decodes ${humanSize(cost.rawBytes)}; with chunks of (${better.chunks.join(', ')}) it would be ${figure(then.touched)} and ${humanSize(then.rawBytes)}.`,
    action: chunksAction(found),
  }
}

const uncompressed: Finding = async ({ array, sample, present, signal }) => {
  const { rawBytes, storedBytes, chunkShape } = sample.report
  if (present.compressor !== null || !storedBytes || sample.chunks.length === 0) return undefined
  const setting = { ...present, compressor: 'blosc:zstd:3:shuffle' }
  const encoded = await encodedBytes(array, setting, sample, chunkShape, signal)
  if (encoded === undefined || rawBytes < encoded * GAIN) return undefined
  return {
    id: 'uncompressed',
    title: 'Nothing is compressed',
    evidence: `${humanSize(rawBytes)} of the sample take ${humanSize(storedBytes)} as they are stored, and ${humanSize(encoded)} with blosc zstd 3 (ratio ${figure(rawBytes / encoded)}).`,
    action: codecAction(array, setting),
  }
}

const noisy: Finding = async ({ array, sample, present, signal }) => {
  const { dtype } = array
  if (dtype.kind !== 'float' || present.filters.length > 0) return undefined
  const { noisy: bits, mantissa } = noisyBits(dtype.format, sample.chunks)
  if (bits < 4) return undefined
  const keep = mantissa - bits
  const setting: CodecSetting = {
    ...present,
    filters: [`bitround:${keep}`],
    compressor: 'blosc:zstd:5:shuffle',
  }
  const encoded = await encodedBytes(array, setting, sample, sample.report.chunkShape, signal)
  const { rawBytes, storedBytes } = sample.report
  if (encoded === undefined || (storedBytes ?? rawBytes) < encoded * GAIN) return undefined
  return {
    id: 'noisy-bits',
    title: `The lowest ${bits} bits are noise`,
    evidence: `Of ${mantissa} bits of the mantissa the lowest ${bits} are as random as coin tosses and cannot be compressed. Keeping ${keep} (bitround) takes ${humanSize(encoded)} for the sample instead of ${humanSize(storedBytes ?? rawBytes)}; values change by at most one part in ${(2 ** (keep + 1)).toLocaleString('en')}.`,
    action: codecAction(array, setting),
  }
}

const fillOnly: Finding = ({ array, sample }) => {
  const { fill } = array.metadata
  if (fill === null || fill.length === 0) return undefined
  const only = sample.chunks.filter(({ data, offsets }) => holdsOnly(data, offsets, fill)).length
  if (only === 0) return undefined
  return {
    id: 'fill-only',
    title: 'Chunks hold nothing but the fill value',
    evidence: `${only} of ${sample.chunks.length} stored chunks of the sample hold only the fill value; without them the array reads the same.`,
    action: { kind: 'prune', chunks: only },
  }
}

const manyFiles: Finding = (found) => {
  const { files, chunks, shards } = found.trials.rows[0]!
  if (files <= MANY_FILES) return undefined
  const sharded = found.trials.rows.find((row) => row.shards !== null && !row.present)
  const format = found.array.metadata.zarrFormat
  const rest =
    format === 3
      ? sharded
        ? ` Shards of (${sharded.shards!.join(', ')}) would make ${sharded.files.toLocaleString('en')} of them.`
        : ''
      : ' Shards would make few of them; they need format 3.'
  return {
    id: 'many-files',
    title: 'Very many files',
    evidence: `The full array is ${files.toLocaleString('en')} files, which is slow to list, copy and delete.${rest}`,
    action: { kind: 'chunks', chunks: sharded?.chunks ?? chunks, shards: sharded?.shards ?? shards },
  }
}

const otherOrder: Finding = async ({ array, sample, present, signal }) => {
  if (array.shape.length < 2 || sample.chunks.length === 0 || present.compressor === null) return undefined
  const { chunkShape } = sample.report
  if (chunkShape.filter((length) => length > 1).length < 2) return undefined
  const order = present.order === 'C' ? 'F' : 'C'
  const now = await encodedBytes(array, present, sample, chunkShape, signal)
  const other = await encodedBytes(array, { ...present, order }, sample, chunkShape, signal)
  if (now === undefined || other === undefined || now < other * GAIN) return undefined
  return {
    id: 'order',
    title: `Order ${order} would compress better`,
    evidence: `The sample takes ${humanSize(now)} in order ${present.order} and ${humanSize(other)} in order ${order} with the same codecs (${figure((1 - other / now) * 100)} % less).`,
    action: { kind: 'order', order },
  }
}

const narrower: Finding = ({ array, sample }) => {
  const found = narrowerType(array.dtype, sample.chunks)
  if (!found) return undefined
  const { dtype, bytes, of, items, whole } = found
  return {
    id: 'narrower-dtype',
    title: `float${of * 8} that is really ${dtype}`,
    evidence: `All ${items.toLocaleString('en')} values of the sample are ${whole ? 'whole numbers that fit into' : 'exact in'} ${dtype}: ${bytes} bytes an item instead of ${of}. The rest of the array has to be checked before it is converted, which copying does.`,
    action: { kind: 'dtype', dtype },
  }
}

const FINDINGS: readonly Finding[] = [
  smallChunks,
  largeChunks,
  flatChunks,
  manyFiles,
  uncompressed,
  otherOrder,
  noisy,
  narrower,
  fillOnly,
]

/** What the sample takes with a setting; undefined where it cannot be used. */
async function encodedBytes(
  array: ZarrArray,
  setting: CodecSetting,
  { chunks }: Sample,
  shape: readonly number[],
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { pipeline } = bindSetting(array, setting, shape)
  if (!pipeline) return undefined
  const options = { candidateMs: 0, signal, all: true }
  return (await measureBinding(array.context.executor, pipeline, chunks, options)).encodedBytes
}

const codecAction = (array: ZarrArray, setting: CodecSetting): Advice['action'] => ({
  kind: 'codec',
  setting,
  spec: formatChain(setting, array.metadata.order),
})
