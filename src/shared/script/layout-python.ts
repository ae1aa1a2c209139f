import type { LayoutChange } from '../model/jobs'
import type { Script } from './operation'
import { pythonCodec, pythonFill, pythonTuple } from './python-array'
import { pythonOfJson, pythonString } from './python-text'

interface CopyWords {
  /** Lines beside `import zarr`. */
  imports: string[]
  /** Lines that make the array at a place and fill it. `store` and `name` are expressions, `more` are arguments. */
  copy: (store: string, name: string, more: readonly string[]) => string[]
}

/**
 * How zarr-python 3 copies an array, which is the value of the variable `node`, with another layout; or why it cannot.
 * `format` is the expression of the copy's format.
 */
export function arrayArguments(
  layout: LayoutChange,
  node: string,
  unsafe: boolean,
  format = `${layout.zarrFormat ?? `${node}.metadata.zarr_format`}`,
): CopyWords | Exclude<Script, { text: string }> {
  const { dtype, compressor, filters, order, chunks, fillValue } = layout
  if (layout.zarrFormat === 1) return { whyNot: 'zarr-python 3 does not write format 1.' }
  if (dtype !== undefined && /^\s*[[{]/.test(dtype))
    return { whyNot: 'Record types have no short form in Python; use the command.' }
  if (filters && filters.length > 0)
    return { whyNot: 'Filters are spelled differently in Python; use the command.' }
  if (order === 'C') return { whyNot: 'Order C is a codec less in format 3; use the command.' }
  const codec = compressor === undefined ? null : compressorWord(compressor, format)
  if (codec === undefined)
    return { whyNot: `"${compressor ?? ''}" has no short form in Python; use the command.` }
  const fill = fillValue === undefined ? null : pythonFill(fillValue, dtype ?? 'float64')
  if (fill === undefined) return { whyNot: 'This fill value has no short form in Python; use the command.' }

  const changed = [
    ...(chunks ? [`chunks=${lengthsWord(chunks, (k) => `max(1, ${node}.shape[${k}])`)},`] : []),
    ...shardsWords(layout, node),
    ...(order === 'F' ? orderWords(node, format) : filters ? ['filters=None,'] : []),
    ...(codec === null ? [] : [`compressors=${codec},`]),
    ...(fill === null ? [] : [`fill_value=${fill},`]),
    ...(layout.separator === undefined
      ? []
      : [
          `chunk_key_encoding={"name": ${either('"default"', '"v2"', format)}, "separator": "${layout.separator}"},`,
        ]),
    ...(layout.zarrFormat === undefined ? [] : [`zarr_format=${layout.zarrFormat},`]),
    ...(layout.dimensionNames
      ? [`dimension_names=${pythonOfJson(JSON.stringify(layout.dimensionNames))},`]
      : []),
    ...(layout.attributes === undefined ? [] : [`attributes=${pythonOfJson(layout.attributes)},`]),
  ]
  const numcodecs = codec?.includes('numcodecs.') ? ['import numcodecs'] : []
  if (dtype === undefined)
    return {
      imports: numcodecs,
      copy: (store, name, more) => [
        'zarr.from_array(',
        ...[`${store},`, `name=${name},`, `data=${node},`, ...changed, ...more].map((word) => `    ${word}`),
        ')',
      ],
    }
  const all = [...changed, ...keptWords(node, format, changed)]
  return {
    imports: ['import itertools', ...numcodecs],
    copy: (store, name, more) => [
      'array = zarr.create_array(',
      ...[`${store},`, `name=${name},`, `dtype=${pythonString(dtype)},`, ...all, ...more].map(
        (w) => `    ${w}`,
      ),
      ')',
      'step = array.shards or array.chunks',
      'for start in itertools.product(*(range(0, n, s) for n, s in zip(array.shape, step))):',
      '    box = tuple(slice(a, a + s) for a, s in zip(start, step))',
      `    array[box] = ${node}[box].astype(array.dtype, casting="${unsafe ? 'unsafe' : 'same_kind'}")`,
    ],
  }
}

/** What an array of another data type takes over; filters compute with the old type and are left out. */
function keptWords(node: string, format: string, changed: readonly string[]): string[] {
  const kept = [
    `shape=${node}.shape,`,
    `chunks=${node}.chunks,`,
    `shards=${node}.shards,`,
    'filters=None,',
    `compressors=${node}.compressors or None,`,
    `fill_value=${node}.fill_value,`,
    `dimension_names=${either(`getattr(${node}.metadata, "dimension_names", None)`, 'None', format)},`,
    `attributes=${node}.attrs.asdict(),`,
    `zarr_format=${format},`,
  ]
  const nameOf = (word: string): string => word.slice(0, word.indexOf('='))
  return kept.filter((word) => !changed.some((other) => nameOf(other) === nameOf(word)))
}

/** Other chunks rarely fit into the old shards: they go where they are not named too. */
function shardsWords({ chunks, shards }: LayoutChange, node: string): string[] {
  if (shards === undefined) return chunks ? ['shards=None,'] : []
  if (shards === null) return ['shards=None,']
  const unit = (k: number): string =>
    String(chunks?.[k] ?? (chunks ? `max(1, ${node}.shape[${k}])` : `${node}.chunks[${k}]`))
  return [`shards=${lengthsWord(shards, (k) => `-(-${node}.shape[${k}] // ${unit(k)}) * ${unit(k)}`)},`]
}

/** Format 3 has no order but a codec that turns the axes around; there, zarr-python's `order` is that in memory. */
const orderWords = (node: string, format: string): string[] => {
  const turned = `[zarr.codecs.TransposeCodec(order=tuple(range(${node}.ndim))[::-1])]`
  return [`filters=${either(turned, 'None', format)},`, `order=${either('None', '"F"', format)},`]
}

function compressorWord(text: string | null, format: string): string | undefined {
  const [three, two] = [pythonCodec(text, 3), pythonCodec(text, 2)]
  return three === undefined || two === undefined ? undefined : either(three, two, format)
}

/** An expression for format 3 or for format 2, decided here where the format is known. */
function either(three: string, two: string, format: string): string {
  if (format === '3' || three === two) return three
  return format === '2' ? two : `${three} if ${format} == 3 else ${two}`
}

const lengthsWord = (lengths: readonly (number | null)[], whole: (k: number) => string): string =>
  pythonTuple(lengths.map((length, k) => length ?? whole(k)))
