/** Fill values: only the first of four chunks is written, readers must find the fill value in the others. */
import { join } from 'node:path'
import { arrayOptions, editDocument, formatsOf, type Case } from './cases'
import type { Format } from './claims'
import { CHUNKS, SAMPLES, SHAPE, type Sample } from './samples'
import type { ItemValue } from '../../src/main/library'

interface Row {
  sample: string
  feature: string
  /** As the library and as the command line take it, and the bytes that it is. */
  value: ItemValue
  text: string
  bytes: Uint8Array
  /** What the document says where no option can. */
  stored?: unknown
}

const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const ROWS: Row[] = [
  {
    feature: 'whole numbers',
    sample: 'int32',
    value: -7,
    text: '-7',
    bytes: bytes(Int32Array.of(-7)),
  },
  {
    feature: 'whole numbers of 64 bits',
    sample: 'uint64',
    value: 2n ** 64n - 1n,
    text: '18446744073709551615',
    bytes: bytes(BigUint64Array.of(2n ** 64n - 1n)),
  },
  {
    feature: 'floats',
    sample: 'float64',
    value: 0.1,
    text: '0.1',
    bytes: bytes(Float64Array.of(0.1)),
  },
  {
    feature: 'NaN',
    sample: 'float32',
    value: NaN,
    text: 'nan',
    bytes: bytes(Uint32Array.of(0x7fc00000)),
  },
  {
    feature: 'NaN with other bits',
    sample: 'float32',
    value: 0,
    text: '0',
    stored: '0x7fc12345',
    bytes: bytes(Uint32Array.of(0x7fc12345)),
  },
  {
    feature: 'infinities',
    sample: 'float64',
    value: -Infinity,
    text: '-inf',
    bytes: bytes(Float64Array.of(-Infinity)),
  },
  {
    feature: 'negative zero',
    sample: 'float64',
    value: -0,
    text: '-0.0',
    bytes: bytes(Float64Array.of(-0)),
  },
  { feature: 'booleans', sample: 'bool', value: true, text: 'true', bytes: Uint8Array.of(1) },
  {
    feature: 'complex numbers',
    sample: 'complex128',
    value: [1.5, -2],
    text: '1.5-2j',
    bytes: bytes(Float64Array.of(1.5, -2)),
  },
  {
    feature: 'complex numbers with NaN',
    sample: 'complex128',
    value: [NaN, Infinity],
    text: '[NaN, Infinity]',
    bytes: bytes(Float64Array.of(NaN, Infinity)),
  },
  {
    feature: 'moments',
    sample: 'datetime64[ns]',
    value: 1_000_000_000_000_000_001n,
    text: '2001-09-09T01:46:40.000000001',
    bytes: bytes(BigInt64Array.of(1_000_000_000_000_000_001n)),
  },
  {
    feature: 'NaT',
    sample: 'datetime64[ns]',
    value: 'NaT',
    text: 'NaT',
    bytes: bytes(BigInt64Array.of(-(2n ** 63n))),
  },
  {
    feature: 'durations',
    sample: 'timedelta64[25s]',
    value: 3n,
    text: '3',
    bytes: bytes(BigInt64Array.of(3n)),
  },
  {
    feature: 'S',
    sample: '|S5',
    value: utf8('ab'),
    text: 'ab',
    bytes: Uint8Array.of(97, 98, 0, 0, 0),
  },
  {
    feature: 'U',
    sample: '<U3',
    value: 'né',
    text: 'né',
    bytes: bytes(Uint32Array.of(0x6e, 0xe9, 0)),
  },
  {
    feature: 'V',
    sample: '|V4',
    value: Uint8Array.of(1, 2, 3, 4),
    text: '01020304',
    bytes: Uint8Array.of(1, 2, 3, 4),
  },
  {
    feature: 'records',
    sample: "[('a', '<i4'), ('b', '<f8')]",
    value: { a: 5, b: -0.5 },
    text: '{"a": 5, "b": -0.5}',
    bytes: Uint8Array.from(Buffer.concat([bytes(Int32Array.of(5)), bytes(Float64Array.of(-0.5))])),
  },
  { feature: 'strings', sample: 'string', value: 'né', text: 'né', bytes: utf8('né') },
]

export const fillCases = (): Case[] =>
  ROWS.flatMap((row) => formatsOf('layout', `fill: ${row.feature}`).map((format) => fillCase(row, format)))

function fillCase({ feature, sample: name, value, text, bytes: fill, stored }: Row, format: Format): Case {
  const sample = SAMPLES[name]!
  const { dtype, form } = sample
  return {
    ...{ group: 'layout', feature: `fill: ${feature}`, format, dtype, form },
    async write(writer, store, node) {
      const options = arrayOptions(sample, format, { shape: SHAPE, fillValue: value, fill: text })
      await writer.create(store, node, options)
      if (stored !== undefined)
        editDocument(join(store, node, 'zarr.json'), (document) => (document.fill_value = stored))
      const { block, whole } = firstChunk(sample, fill)
      await writer.set(store, node, `:${CHUNKS[0]}, :${CHUNKS[1]}`, block)
      return { shape: SHAPE, bytes: whole }
    },
  }
}

/** The first items of a sample as the first chunk, and the whole array with the fill value elsewhere. */
function firstChunk(
  sample: Sample,
  fill: Uint8Array,
): { block: { data: never; bytes: Uint8Array; shape: number[] }; whole: Uint8Array } {
  const items = itemsOf(sample)
  const [rows = 0, columns = 0] = CHUNKS
  const count = rows * columns
  const per = sample.data.length / items.length
  const whole = Array.from({ length: SHAPE[0]! * SHAPE[1]! }, (_, i) => {
    const [row, column] = [Math.floor(i / SHAPE[1]!), i % SHAPE[1]!]
    return row < rows && column < columns ? items[row * columns + column]! : framed(sample, fill)
  })
  const block = {
    data: sample.data.slice(0, count * per) as never,
    bytes: Uint8Array.from(Buffer.concat(items.slice(0, count))),
    shape: CHUNKS,
  }
  return { block, whole: Uint8Array.from(Buffer.concat(whole)) }
}

const framed = ({ form }: Sample, item: Uint8Array): Uint8Array =>
  form === 'fixed' ? item : Uint8Array.from(Buffer.concat([bytes(Uint32Array.of(item.length)), item]))

/** The bytes of each item, with its length in front where that varies. */
function itemsOf({ bytes: all, form }: Sample): Uint8Array[] {
  const count = SHAPE[0]! * SHAPE[1]!
  const items: Uint8Array[] = []
  for (let at = 0; items.length < count;) {
    const size = form === 'fixed' ? all.length / count : 4 + Buffer.from(all).readUInt32LE(at)
    items.push(all.slice(at, at + size))
    at += size
  }
  return items
}
