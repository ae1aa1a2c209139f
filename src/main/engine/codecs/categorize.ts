import { fixedItemSize } from '@shared/dtype/itemsize'
import { packed, swapped } from './bytes'
import type { CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import { canonical, product } from './layout'
import { realFormat, type RealFormat } from './number-filter'
import { loadNumbers, storeNumbers, type Numbers } from './numbers'
import { castNumbers } from './numpy-cast'
import { numpyItem } from './numpy-dtype'
import { joinItems } from './vlen'

const UTF32_UNIT = 4

/**
 * Texts as numbers: 1 for the first label and so on, 0 for anything else, which decodes to an empty text. It works on
 * texts of fixed length behind `bytes`, and takes its place for texts of any length.
 */
export const categorize: CodecDefinition = {
  name: 'numcodecs.categorize',
  about: 'texts as numbers of labels',
  bindArrayToBytes(configuration, input) {
    configuration.get('dtype')
    if (input.dtype.kind !== 'vlen-text') configuration.fail('', 'stores texts')
    const labels = labelsOf(configuration)
    const codes = codesOf(configuration)
    const utf8 = [new Uint8Array(), ...labels.map((label) => new TextEncoder().encode(label))]
    const size = product(input.shape) * codes.size
    return {
      output: { size, item: codes.format },
      encode(chunk) {
        const { data, offsets = new Uint32Array() } = canonical(chunk)
        const texts = Array.from({ length: product(input.shape) }, (_, i) =>
          new TextDecoder().decode(data.subarray(offsets[i], offsets[i + 1])),
        )
        return codes.write(texts.map((text) => labels.lastIndexOf(text) + 1))
      },
      decode(stored) {
        if (stored.length !== size)
          throw corrupt(`it holds ${stored.length} bytes where the metadata asks for ${size}`)
        const { data, offsets } = joinItems(codes.read(stored).map((code) => utf8[code] ?? utf8[0]!))
        return { ...packed(input, data), offsets }
      },
    }
  },
  bindBytesToBytes(configuration, input) {
    const { dtype, bigEndian } = numpyItem(configuration.text('dtype'))
    if (dtype.kind !== 'text') return configuration.fail('dtype', 'must be a text type such as "<U3"')
    const labels = labelsOf(configuration)
    const codes = codesOf(configuration)
    const itemsize = fixedItemSize(dtype)
    const ordered = (bytes: Uint8Array): Uint8Array =>
      bigEndian ? swapped(bytes, UTF32_UNIT, [{ offset: 0, unit: UTF32_UNIT, count: 1 }]) : bytes
    return {
      output: { size: input.size && (input.size / itemsize) * codes.size, item: codes.format },
      encode: (bytes) =>
        codes.write(readTexts(ordered(bytes), itemsize).map((text) => labels.lastIndexOf(text) + 1)),
      decode(stored) {
        const items = codes.read(stored)
        const data = new Uint8Array(items.length * itemsize)
        items.forEach((code, i) => {
          writeText(labels[code - 1] ?? '', data.subarray(i * itemsize, (i + 1) * itemsize))
        })
        return ordered(data)
      },
    }
  },
}

function labelsOf(configuration: Configuration): string[] {
  const labels = configuration.get('labels')
  const texts = Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : []
  if (!Array.isArray(labels) || texts.length !== labels.length)
    configuration.fail('labels', 'must be a list of texts')
  return texts
}

interface Codes {
  readonly format: RealFormat
  readonly size: number
  read(stored: Uint8Array): number[]
  write(codes: readonly number[]): Uint8Array
}

function codesOf(configuration: Configuration): Codes {
  const format = realFormat(configuration, 'astype', { dtype: { kind: 'uint', bits: 8 }, bigEndian: false })
  const size = fixedItemSize(format.dtype)
  const unit = size as 1 | 2 | 4 | 8
  const ordered = (bytes: Uint8Array): Uint8Array =>
    format.bigEndian && size > 1 ? swapped(bytes, size, [{ offset: 0, unit, count: 1 }]) : bytes
  return {
    format,
    size,
    read(stored) {
      if (stored.length % size !== 0)
        throw corrupt(`${stored.length} bytes are not whole numbers of ${size} bytes`)
      const numbers: Numbers = loadNumbers(format.dtype, ordered(stored))
      return Array.from<number | bigint, number>(numbers, Number)
    },
    write: (codes) =>
      ordered(storeNumbers(format.dtype, castNumbers(Float64Array.from(codes), format.dtype))),
  }
}

/** UTF-32 little-endian, padded with NULs. */
function readTexts(bytes: Uint8Array, itemsize: number): string[] {
  const points = new Uint32Array(new Uint8Array(bytes).buffer)
  const length = itemsize / UTF32_UNIT
  return Array.from({ length: points.length / length }, (_, i) => {
    const item = points.subarray(i * length, (i + 1) * length)
    const end = item.findLastIndex((point) => point !== 0) + 1
    return Array.from(item.subarray(0, end), (point) =>
      point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD',
    ).join('')
  })
}

function writeText(text: string, target: Uint8Array): void {
  const view = new DataView(target.buffer, target.byteOffset, target.length)
  const points = Array.from(text, (character) => character.codePointAt(0)!)
  points
    .slice(0, target.length / UTF32_UNIT)
    .forEach((point, i) => view.setUint32(i * UTF32_UNIT, point, true))
}
