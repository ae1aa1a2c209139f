/** Line server for Zarrscope's codecs on one thread: "open RAW ENCODED CODEC", then decode and encode. */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { serve } from './server.js'
import { typical } from './typical.js'

const { codecModule, fastBackend } = await import(pathToFileURL(process.argv[2]).href)

/** The codec module's words for a configuration of numcodecs. */
function parameters({ id, cname, clevel, shuffle, blocksize, level, acceleration }) {
  if (id === 'blosc') {
    const encode = { codec: 'blosc', cname, clevel, shuffle, typesize: 4, blocksize: blocksize ?? 0 }
    return { decode: { codec: 'blosc' }, encode, skip: 0 }
  }
  if (id === 'lz4') return { decode: { codec: 'lz4' }, encode: { codec: 'lz4', acceleration }, skip: 4 }
  return { decode: { codec: id }, encode: { codec: id, level }, skip: 0 }
}

async function openChunk(rawPath, encodedPath, config) {
  const raw = new Uint8Array(readFileSync(rawPath))
  const { decode, encode, skip } = parameters(JSON.parse(config))
  // numcodecs puts the length before an LZ4 block; the module takes the block.
  const encoded = new Uint8Array(readFileSync(encodedPath)).subarray(skip)
  const out = new Uint8Array(raw.length)
  const size = { exact: raw.length }
  const module = codecModule()
  /** The input lies in the module's memory already, as it does when a chunk was read from a file. */
  const inPlace = (bytes) => {
    const region = module.region(bytes.length)
    region.set(bytes)
    return region
  }
  return {
    bytes: () => module.decode(decode, encoded, size),
    'round trip': () => module.decode(decode, Uint8Array.from(module.encode(encode, raw)), size),
    decode: () => typical(() => out.set(module.decode(decode, encoded, size))),
    'decode in place': () => typical(() => module.decode(decode, inPlace(encoded), size)),
    'decode fastest': () => typical(() => out.set(fastBackend.decode(decode, encoded, size))),
    encode: () => typical(() => module.encode(encode, raw)),
    'encode fastest': () => typical(() => fastBackend.encode(encode, raw)),
    size: () => ({ size: module.encode(encode, raw).length + skip }),
  }
}

await serve({ version: 'this', node: process.version }, {}, openChunk)
