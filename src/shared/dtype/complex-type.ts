import { ValueError } from '../errors'
import type { DataType } from './data-type'
import { concatBytes } from './concat-bytes'
import { floatBytes } from './float-format'
import { formatFloat, parseFloatText } from './float-text'
import { numpyName } from './numpy-name'
import { wrongValue } from './parse-text'
import { floatJson, readFloat, toNumber, writeFloat } from './simple-types'
import type { DataTypeSpec } from './spec'

const NUMBER = '(?:\\d[\\d_]*(?:\\.\\d*)?|\\.\\d+)(?:e[+-]?\\d+)?|nan|inf(?:inity)?'
/** Real part alone; imaginary part alone; both, the second with its sign. */
const COMPLEX = new RegExp(
  `^(?:([+-]?(?:${NUMBER}))|([+-]?(?:${NUMBER})?)[ij]|([+-]?(?:${NUMBER}))([+-](?:${NUMBER})?)[ij])$`,
)

/** Reads as `[re, im]`; prints as Python does, `(1+2j)`. */
export function complexType(spec: Extract<DataTypeSpec, { kind: 'complex' }>): DataType {
  const { part } = spec
  const size = floatBytes(part)
  const short = (value: number): string => formatFloat(value, part).replace(/\.0$/, '')
  const write = (re: number, im: number): Uint8Array =>
    concatBytes([writeFloat(part, re), writeFloat(part, im)])
  return {
    spec,
    name: numpyName(spec),
    itemsize: 2 * size,
    read: (bytes, offset) => [readFloat(part, bytes, offset), readFloat(part, bytes, offset + size)],
    encode(value) {
      if (!Array.isArray(value)) return write(toNumber(value), 0)
      if (value.length !== 2) throw wrongValue(value, 'a pair of real and imaginary part')
      return write(toNumber(value[0]), toNumber(value[1]))
    },
    parse(text) {
      const clean = text.toLowerCase().replace(/\s+/g, '')
      const pair = /^\[(.*),(.*)\]$/.exec(clean)
      if (pair !== null) return write(parseFloatText(pair[1]!, part), parseFloatText(pair[2]!, part))
      const bare = /^\((.*)\)$/.exec(clean)?.[1] ?? clean
      const match = COMPLEX.exec(bare)
      if (match === null) {
        throw new ValueError(`"${text}" is not a complex number; write it as 1+2j or [1, 2].`)
      }
      const re = match[1] ?? match[3] ?? '0'
      const im = match[2] ?? match[4] ?? '0'
      return write(parseFloatText(re, part), parseFloatText(/^[+-]?$/.test(im) ? `${im}1` : im, part))
    },
    format(value) {
      const [re, im] = value as [number, number]
      const imaginary = `${short(im)}j`
      if (Object.is(re, 0)) return imaginary
      return `(${short(re)}${/^[-+]/.test(imaginary) ? '' : '+'}${imaginary})`
    },
    toJson: (value) => (value as [number, number]).map(floatJson),
    zero: () => new Uint8Array(2 * size),
  }
}
