import { moduleBase64 } from './module.generated'

/** The functions of native/src: pointers and sizes are u32 (returned as i32), results a count or a negative code. */
export interface CodecExports {
  readonly memory: WebAssembly.Memory
  _initialize(): void
  region_reserve(index: number, size: number): number
  region_data(index: number): number
  region_size(index: number): number
  region_intact(index: number): number
  blosc_decode(input: number, length: number, region: number, limit: number, exact: number): number
  blosc_decode_items(input: number, length: number, region: number, start: number, count: number): number
  blosc_decode_block(
    input: number,
    length: number,
    region: number,
    flags: number,
    typesize: number,
    nbytes: number,
    blocksize: number,
    block: number,
  ): number
  blosc_encode(
    input: number,
    length: number,
    region: number,
    compressor: number,
    level: number,
    shuffle: number,
    typesize: number,
    blocksize: number,
  ): number
  lz4_decode(input: number, length: number, region: number, limit: number, exact: number): number
  lz4_encode(input: number, length: number, region: number, acceleration: number): number
  zstd_decode(input: number, length: number, region: number, limit: number, exact: number): number
  zstd_encode(input: number, length: number, region: number, level: number, checksum: number): number
  zlib_decode(
    input: number,
    length: number,
    region: number,
    limit: number,
    exact: number,
    wrap: number,
  ): number
  zlib_encode(input: number, length: number, region: number, level: number, wrap: number): number
  bz2_decode(input: number, length: number, region: number, limit: number, exact: number): number
  bz2_encode(input: number, length: number, region: number, level: number): number
  lzma_parameters(): number
  lzma_decode(
    input: number,
    length: number,
    region: number,
    limit: number,
    exact: number,
    format: number,
    filters: number,
  ): number
  lzma_encode(
    input: number,
    length: number,
    region: number,
    format: number,
    check: number,
    preset: number,
    filters: number,
  ): number
  shuffle_buffer(input: number, length: number, region: number, kind: number, itemSize: number): number
  crc32c(input: number, length: number, seed: number): number
  strided_parameters(): number
  copy_strided(source: number, target: number, itemSize: number, dimensions: number): void
}

let compiled: WebAssembly.Module | undefined

/** A fresh instance with a memory of its own; the module is compiled once per thread. */
export function createCodecInstance(): CodecExports {
  compiled ??= new WebAssembly.Module(Buffer.from(moduleBase64, 'base64'))
  const instance = new WebAssembly.Instance(compiled, {
    env: { emscripten_notify_memory_growth: () => undefined },
  })
  const exports = instance.exports as unknown as CodecExports
  exports._initialize()
  return exports
}
