import type { ArrayOptions, Edit } from '../model/edits'
import type { Script, Scripts, Where } from './operation'
import { pythonCodec, pythonFill, pythonTuple } from './python-array'
import { pythonOfJson, pythonString } from './python-text'
import { nodeWord, shellLine } from './shell-text'

type CreateArray = Extract<Edit, { kind: 'createArray' }>

/** A new array. Python knows the codecs that zarr-python has in its own namespace. */
export function createArrayScripts({ path, options }: CreateArray, { storePath }: Where): Scripts {
  const store = storePath()
  return {
    command: { text: `${shellLine('zarrscope', 'create', nodeWord(store, path), ...words(options))}\n` },
    python: pythonOf(store, path, options),
  }
}

function words(options: ArrayOptions): string[] {
  const { shape, dtype, chunks, shards, order, fillValue, compressor, filters } = options
  const { zarrFormat, separator, dimensionNames, attributes } = options
  return [
    `--shape=${shape.join(',')}`,
    `--dtype=${dtype}`,
    `--chunks=${chunks === 'auto' ? 'auto' : chunks.map((length) => length ?? 'none').join(',')}`,
    ...(shards ? [`--shards=${shards.join(',')}`] : []),
    ...(order === 'F' ? ['--order=F'] : []),
    `--fill=${fillValue ?? 'none'}`,
    ...(compressor === 'default' ? [] : [`--compressor=${compressor ?? 'none'}`]),
    ...filters.map((filter) => `--filter=${filter}`),
    `--zarr-format=${zarrFormat}`,
    ...(separator ? [`--separator=${separator}`] : []),
    ...(dimensionNames ? [`--dims=${dimensionNames.map((name) => name ?? '').join(',')}`] : []),
    ...(attributes === undefined || attributes === '' ? [] : [`--attrs=${attributes}`]),
  ]
}

function pythonOf(store: string, path: string, options: ArrayOptions): Script {
  const { shape, dtype, chunks, shards, order, fillValue, compressor, filters, zarrFormat } = options
  if (zarrFormat === 1) return { whyNot: 'zarr-python 3 does not write format 1.' }
  if (/^\s*[[{]/.test(dtype)) return { whyNot: 'Record types have no short form in Python; use the command.' }
  if (chunks === 'auto') return { whyNot: 'zarr-python guesses other chunks; type the chunk lengths.' }
  if (filters.length > 0) return { whyNot: 'Filters are spelled differently in Python; use the command.' }
  const codec = pythonCodec(compressor, zarrFormat)
  if (codec === undefined)
    return { whyNot: `"${compressor ?? ''}" has no short form in Python; use the command.` }
  const fill = pythonFill(fillValue, dtype)
  if (fill === undefined) return { whyNot: 'This fill value has no short form in Python; use the command.' }
  const { separator, dimensionNames, attributes } = options
  const lines = [
    zarrFormat === 2 ? 'import numcodecs\nimport zarr' : 'import zarr',
    '',
    'zarr.create_array(',
    `    ${pythonString(store)},`,
    ...(path === '' ? [] : [`    name=${pythonString(path)},`]),
    `    shape=${pythonTuple(shape)},`,
    `    dtype=${pythonString(dtype)},`,
    `    chunks=${pythonTuple(chunks.map((length, k) => length ?? Math.max(1, shape[k] ?? 1)))},`,
    ...(shards ? [`    shards=${pythonTuple(shards)},`] : []),
    ...(order === 'F' && zarrFormat === 2 ? ['    order="F",'] : []),
    ...(fill === null ? [] : [`    fill_value=${fill},`]),
    `    compressors=${codec},`,
    `    filters=${order === 'F' && zarrFormat === 3 && shape.length > 1 ? reversal(shape.length) : 'None'},`,
    ...(separator
      ? [
          `    chunk_key_encoding={"name": "${zarrFormat === 2 ? 'v2' : 'default'}", "separator": "${separator}"},`,
        ]
      : []),
    ...(dimensionNames && zarrFormat === 3
      ? [
          `    dimension_names=[${dimensionNames.map((name) => (name === null ? 'None' : pythonString(name))).join(', ')}],`,
        ]
      : []),
    ...(attributes ? [`    attributes=${pythonOfJson(attributes)},`] : []),
    `    zarr_format=${zarrFormat},`,
    ')',
  ]
  return { text: `${lines.join('\n')}\n` }
}

/** The order of axes in format 3: zarr-python takes `order` for that of arrays in memory there. */
const reversal = (rank: number): string =>
  `[zarr.codecs.TransposeCodec(order=${pythonTuple(Array.from({ length: rank }, (_, k) => rank - 1 - k))})]`
