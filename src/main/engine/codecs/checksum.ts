import type { BindContext, CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'

type Location = 'start' | 'end'

interface ChecksumFacts {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly about: string
  /** Where the checksum lies unless the configuration says otherwise. */
  readonly location: Location
  /** Whether the configuration may say otherwise. */
  readonly movable?: boolean
  /** The checksum as an unsigned 32-bit number. */
  bind(configuration: Configuration, context: BindContext): (data: Uint8Array) => number
}

const SIZE = 4

/** A codec that adds a 32-bit little-endian checksum to the bytes, and checks and takes it away when decoding. */
export function checksum(facts: ChecksumFacts): CodecDefinition {
  const { name, aliases = [], about } = facts
  return {
    name,
    aliases,
    about,
    bindBytesToBytes(configuration, input, context) {
      const location = facts.movable
        ? configuration.oneOf('location', ['start', 'end'], facts.location)
        : facts.location
      const compute = facts.bind(configuration, context)
      const [dataAt, sumAt] = location === 'start' ? [SIZE, () => 0] : [0, (length: number) => length]
      return {
        output: { size: input.size === undefined ? undefined : input.size + SIZE },
        encode(data) {
          const result = new Uint8Array(data.length + SIZE)
          result.set(data, dataAt)
          new DataView(result.buffer).setUint32(sumAt(data.length), compute(data), true)
          return result
        },
        decode(stored) {
          const length = stored.length - SIZE
          if (length < 0) throw corrupt(`it is too short for the checksum of ${name}`)
          const data = stored.subarray(dataAt, dataAt + length)
          const expected = new DataView(stored.buffer, stored.byteOffset).getUint32(sumAt(length), true)
          const actual = compute(data)
          if (actual === expected) return data
          throw corrupt(`the checksum of ${name} is ${hex(actual)}, ${hex(expected)} was stored`)
        },
      }
    },
  }
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`
