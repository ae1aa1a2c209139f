/** Words of zarr-python 3 for what the command line takes as short texts. */
import { pythonString } from './python-text'

/** A tuple of Python. */
export const pythonTuple = (lengths: readonly (number | string)[]): string =>
  `(${lengths.join(', ')}${lengths.length === 1 ? ',' : ''})`

/** A compressor as Python has it; undefined where it has no short form. */
export function pythonCodec(text: string | null, format: 2 | 3): string | undefined {
  if (text === null || text === 'none') return 'None'
  const [name, ...parts] = text.split(':')
  const level = parts[0]
  if (parts.length > (name === 'blosc' ? 3 : 1)) return undefined
  const module = format === 2 ? 'numcodecs' : 'zarr.codecs'
  if (name === 'blosc') {
    const [cname = 'lz4', clevel = '5', shuffle = 'shuffle'] = parts
    return format === 2
      ? `numcodecs.Blosc(cname="${cname}", clevel=${clevel}, shuffle=numcodecs.Blosc.${shuffle.toUpperCase()})`
      : `zarr.codecs.BloscCodec(cname="${cname}", clevel=${clevel}, shuffle="${shuffle}")`
  }
  if (name === 'zstd') return `${module}.${format === 2 ? 'Zstd' : 'ZstdCodec'}(level=${level ?? 3})`
  if (name === 'gzip') return `${module}.${format === 2 ? 'GZip' : 'GzipCodec'}(level=${level ?? 6})`
  return undefined
}

/** A fill value as Python has it; null for none, undefined where it has no short form. */
export function pythonFill(text: string | null, dtype: string): string | null | undefined {
  if (text === null) return null
  if (/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return text
  if (/^(nan|[-+]?inf(inity)?)$/i.test(text)) return `float("${text.toLowerCase()}")`
  if (/^(true|false)$/i.test(text) && /bool|\?/.test(dtype)) return /true/i.test(text) ? 'True' : 'False'
  return /^(string|str|<?U\d+)$/.test(dtype) ? pythonString(text.replace(/^"(.*)"$/s, '$1')) : undefined
}
