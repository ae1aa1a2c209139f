/** What happens to an array after it has been written: changed, resized, described, copied, packed into a zip. */
import { dirname, join } from 'node:path'
import { run } from '../../src/main/cli/testing/run'
import { arrayOptions, blockOf, formatsOf, type Case, type Found } from './cases'
import type { Format } from './claims'
import { CHUNKS, SAMPLES, SHAPE } from './samples'
import type { ArrayOptions, Attribute, Block, Writer } from './writers'

/** An array of int32 that was written whole, and what its items are. */
interface Written {
  writer: Writer
  store: string
  node: string
  format: Format
  items: number[]
}

interface Row {
  feature: string
  variant?: string
  options?: Partial<ArrayOptions>
  isZip?: boolean
  /** Format in which it is written first; that of the case where left out. */
  first?: (format: Format) => Format
  /** Name of another store, beside that of the case, into which it is written first. */
  firstStore?: string
  /** Does something, and says what is different then. */
  then: (written: Written) => Promise<Partial<Found>>
}

const SHARDS = { shards: [2, 6], chunks: [1, 3] }
const bytesOf = (items: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(items).buffer)
const blockOfNumbers = (items: readonly number[], shape: number[]): Block => ({
  data: Int32Array.from(items),
  bytes: bytesOf(items),
  shape,
})
const rowsOf = (items: readonly number[]): number[][] => [0, 5, 10].map((at) => items.slice(at, at + 5))

const appended =
  (axis: 0 | 1): Row['then'] =>
  async ({ writer, store, node, items }) => {
    const shape = axis === 0 ? [2, 5] : [3, 2]
    const more = Array.from({ length: shape[0]! * shape[1]! }, (_, i) => 1000 + i)
    await writer.append(store, node, { dtype: 'int32', ...blockOfNumbers(more, shape) }, axis)
    if (axis === 0) return { shape: [5, 5], bytes: bytesOf([...items, ...more]) }
    const rows = rowsOf(items).flatMap((row, i) => [...row, ...more.slice(2 * i, 2 * i + 2)])
    return { shape: [3, 7], bytes: bytesOf(rows) }
  }

/** Shrunk to a part of the first chunk, then grown again: what was cut off is gone. */
const resized: Row['then'] = async ({ writer, store, node, items }) => {
  await writer.resize(store, node, [1, 2])
  await writer.resize(store, node, [4, 4])
  return { shape: [4, 4], bytes: bytesOf(Array.from({ length: 16 }, (_, i) => (i < 2 ? items[i]! : 0))) }
}

/** One item in the middle of a chunk, and a row across chunks. */
const changed: Row['then'] = async ({ writer, store, node, items }) => {
  await writer.set(store, node, '1, 1:2', blockOfNumbers([-1], [1]))
  await writer.set(store, node, '2, :', blockOfNumbers([5, 4, 3, 2, 1], [5]))
  return { bytes: bytesOf([...items.slice(0, 6), -1, ...items.slice(7, 10), 5, 4, 3, 2, 1]) }
}

/** A chunk of nothing but the fill value, which only the library can be told to keep. */
const emptied: Row['then'] = async ({ writer, store, node, items }) => {
  const [rows = 0, columns = 0] = CHUNKS
  const zeros = blockOfNumbers(
    Array.from({ length: rows * columns }, () => 0),
    CHUNKS,
  )
  await writer.set(store, node, `:${rows}, :${columns}`, zeros, { writeEmptyChunks: true })
  return { bytes: bytesOf(items.map((item, i) => (i < 10 && i % 5 < columns ? 0 : item))) }
}

const ATTRIBUTES: Attribute[] = [
  { name: 'big', value: 2n ** 70n, json: '1180591620717411303424' },
  { name: 'exact', value: 9007199254740993n, json: '9007199254740993' },
  { name: 'special', value: [NaN, Infinity, -Infinity, -0.5], json: '[NaN, Infinity, -Infinity, -0.5]' },
  {
    name: 'né \u{1f40d} "',
    value: { Ω: ['\n\u2028', null, true] },
    json: '{"Ω": ["\\n\u2028", null, true]}',
  },
]
const AS_PYTHON_HAS_THEM =
  '{"big":1180591620717411303424,"exact":9007199254740993,"né \u{1f40d} \\"":{"Ω":["\\n\u2028",null,true]},' +
  '"special":[NaN,Infinity,-Infinity,-0.5]}'

const described: Row['then'] = async ({ writer, store, node }) => {
  for (const attribute of ATTRIBUTES) await writer.attribute(store, node, attribute)
  return { attributes: AS_PYTHON_HAS_THEM }
}

/** A command that leaves the values alone, whoever wrote them. */
const commanded =
  (argv: (place: string, written: Written) => string[]): Row['then'] =>
  async (written) => {
    const words = argv(join(written.store, written.node), written)
    const { status, err } = await run(words)
    if (status !== 0) throw new Error(`zarrscope ${words.join(' ')}: ${err}`)
    return {}
  }

const ROWS: Row[] = [
  { feature: 'resized', then: resized },
  { feature: 'appended to', variant: 'axis 0', then: appended(0) },
  { feature: 'appended to', variant: 'axis 1', then: appended(1) },
  { feature: 'parts changed', then: changed },
  { feature: 'written empty', then: emptied },
  { feature: 'attributes', then: described },
  { feature: 'zip', then: changed, isZip: true },
  {
    feature: 'dimension names',
    options: { dimensionNames: ['y', 'x'] },
    then: async () => ({ dimensions: ['y', 'x'] }),
  },
  {
    feature: 'recompressed',
    then: commanded((place) => ['recompress', place, '--compressor', 'gzip:9']),
  },
  { feature: 'rechunked', then: commanded((place) => ['rechunk', place, '--chunks', '3,2']) },
  {
    feature: 'copied from another format',
    first: (format) => (format === 2 ? 3 : 2),
    firstStore: 'source.zarr',
    then: commanded((place, { format, store, node }) => [
      ...['copy', join(dirname(store), 'source.zarr', node), place],
      ...['--zarr-format', String(format), '--verify'],
    ]),
  },
  {
    feature: 'migrated from format 2',
    first: () => 2,
    then: commanded((place) => ['migrate', place, '--to', '3']),
  },
  { feature: 'shards, changed in part', options: SHARDS, then: changed },
  { feature: 'shards, changed in part', options: SHARDS, then: resized, variant: 'resized' },
  { feature: 'shards, changed in part', options: SHARDS, then: appended(0), variant: 'appended to' },
]

export const laterCases = (): Case[] =>
  ROWS.flatMap((row) => formatsOf('layout', row.feature).map((format) => laterCase(row, format)))

function laterCase(
  { feature, variant = '', options, isZip, first, firstStore, then }: Row,
  format: Format,
): Case {
  const sample = SAMPLES['int32']!
  return {
    ...{ group: 'layout', feature, variant, format, dtype: sample.dtype, form: 'fixed' },
    ...(isZip && { isZip }),
    async write(writer, store, node) {
      const made = arrayOptions(sample, first?.(format) ?? format, { shape: SHAPE, ...options })
      const place = firstStore === undefined ? store : join(dirname(store), firstStore)
      await writer.create(place, node, made)
      await writer.set(place, node, '...', blockOf(sample, SHAPE))
      const items = Array.from(sample.data as Int32Array)
      const found = await then({ writer, store, node, format, items })
      return { shape: SHAPE, bytes: sample.bytes, ...found }
    },
  }
}
