import { formatBytes } from '@shared/byte-text'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import { numpyDescr } from '@shared/dtype/numpy-name'
import type { CodecSetting } from '@shared/model/trials'
import { hasBytesToShuffle } from '@shared/trials/candidates'
import { figure } from '@shared/trials/figure'
import { filterProblem } from '@shared/trials/filters'
import { isAllFill } from '../codecs/shard-parts'
import type { ZarrArray } from '../nodes/array'
import { noisyBits } from './bit-noise'
import { formatChain } from './chain-text'
import { settingName } from './codec-name'
import { codecAction, encodedBytes, GAIN, type Finding } from './finding'
import { narrowerType } from './narrower-dtype'
import type { SampleChunk } from './sample-chunk'

const SHUFFLED = 'blosc:zstd:3:shuffle'

export const uncompressed: Finding = async (found) => {
  const { array, sample, present } = found
  const { rawBytes, storedBytes } = sample.report
  if (present.compressor !== null || !storedBytes) return undefined
  const setting = { ...present, compressor: SHUFFLED }
  const encoded = await encodedBytes(found, setting)
  if (encoded === undefined || rawBytes < encoded * GAIN) return undefined
  return {
    id: 'uncompressed',
    title: 'Nothing is compressed',
    evidence: `${formatBytes(rawBytes)} of the sample take ${formatBytes(storedBytes)} as they are stored, and ${formatBytes(encoded)} with blosc zstd 3 and byte shuffle (ratio ${figure(rawBytes / encoded)}).`,
    action: codecAction(array, setting),
  }
}

/** Numbers of several bytes compress better with their first bytes together, their second bytes together … */
export const unshuffled: Finding = async (found) => {
  const { array, sample, present } = found
  const { storedBytes } = sample.report
  if (present.compressor === null || !storedBytes || !isNumber(array) || !hasBytesToShuffle(array))
    return undefined
  if (/shuffle/.test(present.compressor.replace('noshuffle', '')) || present.filters.length > 0)
    return undefined
  const setting = { ...present, compressor: SHUFFLED }
  const encoded = await encodedBytes(found, setting)
  if (encoded === undefined || storedBytes < encoded * GAIN) return undefined
  return {
    id: 'unshuffled',
    title: 'The bytes of numbers are not shuffled',
    evidence: `The sample takes ${formatBytes(storedBytes)} with ${settingName(present, present.order)}, and ${formatBytes(encoded)} with blosc zstd 3, which first puts bytes of equal rank together (${figure((1 - encoded / storedBytes) * 100)} % less).`,
    action: codecAction(array, setting),
  }
}

/** Counts, positions and times grow slowly: what is between neighbours takes few bits. */
export const differences: Finding = async (found) => {
  const { array, sample, present } = found
  const { dtype, metadata } = array
  const { storedBytes } = sample.report
  if (dtype.kind === 'float' || present.filters.length > 0 || !storedBytes) return undefined
  if (filterProblem('delta', { dtype, zarrFormat: metadata.zarrFormat })) return undefined
  const setting = { ...present, filters: ['delta'], compressor: SHUFFLED }
  const encoded = await encodedBytes(found, setting)
  const without = await encodedBytes(found, { ...setting, filters: [] })
  if (encoded === undefined || without === undefined) return undefined
  const best = Math.min(storedBytes, without)
  if (best < encoded * GAIN) return undefined
  return {
    id: 'differences',
    title: 'Neighbouring values differ little',
    evidence: `Stored as differences (delta, then blosc zstd 3) the sample takes ${formatBytes(encoded)}; as values it takes ${formatBytes(best)} at best. Nothing is lost.`,
    action: codecAction(array, setting),
  }
}

export const noisy: Finding = async (found) => {
  const { array, sample, present } = found
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
  const encoded = await encodedBytes(found, setting)
  const now = sample.report.storedBytes ?? sample.report.rawBytes
  if (encoded === undefined || now < encoded * GAIN) return undefined
  return {
    id: 'noisy-bits',
    title: `The lowest ${bits} bits are noise`,
    evidence: `Of ${mantissa} bits of the mantissa the lowest ${bits} are as random as coin tosses and cannot be compressed. Keeping ${keep} (bitround) takes ${formatBytes(encoded)} for the sample instead of ${formatBytes(now)}; values change by at most one part in ${(2 ** (keep + 1)).toLocaleString('en')}.`,
    action: codecAction(array, setting),
  }
}

export const fillOnly: Finding = ({ array, sample }) => {
  const { fill } = array.metadata
  if (fill === null || fill.length === 0) return undefined
  const { dtype } = array
  const isFill = ({ data, offsets }: SampleChunk): boolean =>
    isAllFill({ dtype, data, ...(offsets && { offsets }) }, fill)
  const only = sample.chunks.filter(isFill).length
  if (only === 0) return undefined
  return {
    id: 'fill-only',
    title: 'Chunks hold nothing but the fill value',
    evidence: `${only} of ${sample.chunks.length} stored chunks of the sample hold only the fill value; without them the array reads the same.`,
    action: { kind: 'prune', chunks: only },
  }
}

export const otherOrder: Finding = async (found) => {
  const { array, sample, present } = found
  if (array.shape.length < 2 || present.compressor === null) return undefined
  if (sample.report.chunkShape.filter((length) => length > 1).length < 2) return undefined
  const order = present.order === 'C' ? 'F' : 'C'
  const now = await encodedBytes(found, present)
  const other = await encodedBytes(found, { ...present, order })
  if (now === undefined || other === undefined || now < other * GAIN) return undefined
  return {
    id: 'order',
    title: `Order ${order} would compress better`,
    evidence: `The sample takes ${formatBytes(now)} in order ${present.order} and ${formatBytes(other)} in order ${order} with the same codecs (${figure((1 - other / now) * 100)} % less).`,
    action: codecAction(array, { ...present, order }),
  }
}

export const narrower: Finding = ({ array, sample, present }) => {
  const found = narrowerType(array.dtype, sample.chunks)
  if (!found) return undefined
  const { dtype, bytes, of, items, whole } = found
  const setting = narrowedSetting(array, present, dtype)
  return {
    id: 'narrower-dtype',
    title: `float${of * 8} that is really ${dtype}`,
    evidence: `All ${items.toLocaleString('en')} values of the sample are ${whole ? 'whole numbers that fit into' : 'exact in'} ${dtype}: ${bytes} bytes an item instead of ${of}. The rest of the array has to be checked before it is converted, which copying does.`,
    action: {
      kind: 'dtype',
      dtype,
      ...(setting && { setting, spec: formatChain(setting, array.metadata.order) }),
    },
  }
}

/** The array's type stays, and what is stored is of the smaller one: a trial of what conversion would save. */
function narrowedSetting(
  { dtype, metadata }: ZarrArray,
  { order, filters, compressor }: CodecSetting,
  to: string,
): CodecSetting | undefined {
  const stored = numpyDescr(parseDtypeName(to).spec, '<')
  const own = metadata.zarrFormat === 2 && metadata.byteOrder === 'big' ? '>' : '<'
  const read = numpyDescr(dtype, own)
  if (metadata.zarrFormat === 1 || filters.length > 0) return undefined
  const filter = JSON.stringify({ id: 'astype', encode_dtype: stored, decode_dtype: read })
  return { order, filters: [filter], compressor: compressor ?? SHUFFLED }
}

const isNumber = ({ dtype }: ZarrArray): boolean =>
  ['int', 'uint', 'float', 'complex', 'datetime', 'timedelta'].includes(dtype.kind)
