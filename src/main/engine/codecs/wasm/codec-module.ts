import type { BloscHeader } from './blosc-header'
import { CodecFailure, failureOf } from './codec-failure'
import { createCodecInstance, type CodecExports } from './codec-instance'
import type { DecodedSize, DecodeParams, EncodeParams } from './codec-params'
import { decodeCall, encodeCall, type Call } from './codec-calls'
import { boundsOf, type StridedCopy } from './strided-copy'

/** Decoded data is never larger: the same number as in native/src/module.h. */
export const MAX_DECODED_BYTES = 2 ** 30

/** An instance whose memory grew beyond this is dropped as soon as a call needs less than half of it. */
const KEEP_BYTES = 2 ** 28

/**
 * The codec module of one thread. Every method that returns bytes returns a view on WASM memory that is valid until
 * the next call on the same object: copy it out, scatter it, or pass it on as the next call's input (no copy is made
 * then). Inputs may be any Uint8Array, also on a SharedArrayBuffer. Not re-entrant; never shared between threads.
 *
 * Every failure is thrown as a CodecFailure. After a failed decode, or when a guard zone beside a region was written
 * to, the WASM instance is replaced, and with it all views handed out before.
 */
export class CodecModule {
  private exports: CodecExports | undefined

  /**
   * A view of `size` bytes on WASM memory to fill (for example with `fs.readSync`) and pass, as it is or a part of it,
   * to the next call, which then copies nothing.
   */
  region(size: number): Uint8Array {
    const x = this.open(size)
    return view(x, reserve(x, 0, size), size)
  }

  /** A part of what `region` last handed out, after calls that read from it; undefined where it was dropped since. */
  ofRegion(offset: number, length: number): Uint8Array | undefined {
    const x = this.exports
    if (!x || offset + length > x.region_size(0)) return undefined
    return view(x, (x.region_data(0) >>> 0) + offset, length)
  }

  /** Decodes `input` as a whole. */
  decode(params: DecodeParams, input: Uint8Array, size: DecodedSize): Uint8Array {
    const limit = 'exact' in size ? size.exact : size.max
    if (!Number.isInteger(limit) || limit < 0 || limit > MAX_DECODED_BYTES) {
      throw new CodecFailure('limit', `${limit} bytes are more than can be decoded at once`)
    }
    const need = 'exact' in size ? limit : 0
    return this.run(params.codec, input, need, decodeCall(params, limit, 'exact' in size), true)
  }

  /** Encodes `input` as a whole. */
  encode(params: EncodeParams, input: Uint8Array): Uint8Array {
    return this.run(params.codec, input, input.length, encodeCall(params), false)
  }

  /**
   * Decodes the items `start` up to `start + count` (in units of the frame's typesize) of a complete Blosc frame,
   * decoding only the blocks that hold them.
   */
  bloscItems(frame: Uint8Array, start: number, count: number): Uint8Array {
    return this.run('blosc', frame, 0, (x, ...at) => x.blosc_decode_items(...at, start, count), true)
  }

  /**
   * Decodes one block of a Blosc frame of which only some bytes were read. `header` is the frame's (parseBloscHeader),
   * `bytes` starts at the block's first byte (bloscBlockRanges) and may run on beyond its last. Returns `blocksize`
   * bytes, fewer for the last block. Not for stored frames (`header.stored`), whose bytes are plain.
   */
  bloscBlock(header: BloscHeader, block: number, bytes: Uint8Array): Uint8Array {
    const { flags, typesize, nbytes, blocksize } = header
    return this.run(
      'blosc',
      bytes,
      blocksize,
      (x, ...at) => x.blosc_decode_block(...at, flags, typesize, nbytes, blocksize, block),
      true,
    )
  }

  /** Byte shuffle of whole buffers; `length % itemSize` trailing bytes are copied. */
  shuffle(input: Uint8Array, itemSize: number): Uint8Array {
    return this.shuffleAs(0, input, itemSize)
  }

  unshuffle(input: Uint8Array, itemSize: number): Uint8Array {
    return this.shuffleAs(1, input, itemSize)
  }

  /** Bit shuffle as Blosc does it, for items of 1..255 bytes: a plain copy unless their number is a multiple of 8. */
  bitshuffle(input: Uint8Array, itemSize: number): Uint8Array {
    return this.shuffleAs(2, input, itemSize)
  }

  bitunshuffle(input: Uint8Array, itemSize: number): Uint8Array {
    return this.shuffleAs(3, input, itemSize)
  }

  /** CRC-32C (Castagnoli) as an unsigned number; `seed` is the value of the bytes before, to go on from there. */
  crc32c(input: Uint8Array, seed = 0): number {
    const x = this.open(input.length)
    return x.crc32c(place(x, input).pointer, input.length, seed) >>> 0
  }

  /** Copies items between two strided layouts inside WASM memory, for example to transpose. */
  copyStrided(input: Uint8Array, layout: StridedCopy): Uint8Array {
    const { shape, sourceStrides, targetStrides, itemSize, size } = layout
    const { items } = boundsOf(input.length, layout)
    return this.run(
      'strided',
      input,
      size,
      (x, source, _length, region) => {
        const target = reserve(x, region, size)
        if (items * itemSize < size) view(x, target, size).fill(0)
        if (items === 0) return size
        const words = shape.flatMap((count, d) => [count, sourceStrides[d]!, targetStrides[d]!])
        new Uint32Array(x.memory.buffer, x.strided_parameters(), words.length).set(words)
        x.copy_strided(source, target, itemSize, shape.length)
        return size
      },
      false,
    )
  }

  /** Whether the bytes lie in this module's memory, where the next call may overwrite them. */
  holds(bytes: Uint8Array): boolean {
    return bytes.buffer === this.exports?.memory.buffer
  }

  /** This module's memory, where the bytes lie in it; another one once the instance was dropped. */
  memoryOf(bytes: Uint8Array): WebAssembly.Memory | undefined {
    return this.holds(bytes) ? this.exports?.memory : undefined
  }

  /** Drops the instance and its memory; the next call makes a new one. */
  release(): void {
    this.exports = undefined
  }

  private shuffleAs(kind: number, input: Uint8Array, itemSize: number): Uint8Array {
    return this.run(
      'shuffle',
      input,
      input.length,
      (x, ...at) => x.shuffle_buffer(...at, kind, itemSize),
      false,
    )
  }

  /** The instance for a call that needs about `need` bytes. */
  private open(need: number): CodecExports {
    const grown = this.exports?.memory.buffer.byteLength ?? 0
    if (grown > KEEP_BYTES && need < KEEP_BYTES / 2) this.release()
    return (this.exports ??= createCodecInstance())
  }

  /** Reads from one region, writes to the other, and checks the guards of both. */
  private run(codec: string, input: Uint8Array, need: number, call: Call, decoding: boolean): Uint8Array {
    const x = this.open(input.length + need)
    const source = place(x, input)
    const target = 1 - source.region
    const result = this.attempt(codec, () => call(x, source.pointer, input.length, target))
    if (result < 0) {
      if (decoding) this.release()
      throw failureOf(codec, result)
    }
    if (x.region_intact(0) === 0 || x.region_intact(1) === 0) {
      this.release()
      throw new CodecFailure('corrupt', `the ${codec} data made its decoder write outside its bounds`)
    }
    return view(x, x.region_data(target) >>> 0, result)
  }

  /** A trap of the module (out of bounds, out of stack) is a failure of the data; the instance is lost. */
  private attempt(codec: string, call: () => number): number {
    try {
      return call()
    } catch (cause) {
      if (cause instanceof CodecFailure) throw cause
      this.release()
      throw new CodecFailure('corrupt', `the ${codec} data made its decoder fail`, { cause })
    }
  }
}

let threadModule: CodecModule | undefined

/** The codec module of this thread, made on first use. */
export const codecModule = (): CodecModule => (threadModule ??= new CodecModule())

const view = (x: CodecExports, pointer: number, size: number): Uint8Array =>
  new Uint8Array(x.memory.buffer, pointer, size)

function reserve(x: CodecExports, region: number, size: number): number {
  const pointer = x.region_reserve(region, size) >>> 0
  if (pointer === 0) throw new CodecFailure('memory', `there is no memory for ${size} bytes`)
  return pointer
}

/** Where an input lies in WASM memory: where it is already (in a region), or copied into region 0. */
function place(x: CodecExports, input: Uint8Array): { readonly region: 0 | 1; readonly pointer: number } {
  if (input.buffer === x.memory.buffer) {
    for (const region of [0, 1] as const) {
      const start = x.region_data(region) >>> 0
      const end = start + x.region_size(region)
      if (input.byteOffset >= start && input.byteOffset + input.length <= end) {
        return { region, pointer: input.byteOffset }
      }
    }
    throw new CodecFailure('parameters', 'the input is a view on WASM memory that is no longer valid')
  }
  const pointer = reserve(x, 0, input.length)
  view(x, pointer, input.length).set(input)
  return { region: 0, pointer }
}
