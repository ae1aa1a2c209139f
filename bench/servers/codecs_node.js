/** Line server for node:zlib: "open RAW ENCODED CODEC", then decode and encode. */
import { readFileSync } from 'node:fs'
import * as zlib from 'node:zlib'
import { serve } from './server.js'
import { typical } from './typical.js'

function methods({ id, level }, size) {
  const chunkSize = size + 64
  if (id === 'zlib') {
    return {
      decode: (bytes) => zlib.inflateSync(bytes, { chunkSize }),
      encode: (bytes) => zlib.deflateSync(bytes, { level, chunkSize: 2 ** 20 }),
    }
  }
  if (id !== 'zstd' || !zlib.zstdCompressSync) return undefined
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level }
  return {
    decode: (bytes) => zlib.zstdDecompressSync(bytes, { chunkSize }),
    encode: (bytes) => zlib.zstdCompressSync(bytes, { params, chunkSize: 2 ** 20 }),
  }
}

async function openChunk(rawPath, encodedPath, config) {
  const raw = readFileSync(rawPath)
  const encoded = readFileSync(encodedPath)
  const codec = methods(JSON.parse(config), raw.length)
  if (!codec) return {}
  return {
    bytes: () => codec.decode(encoded),
    'round trip': () => codec.decode(codec.encode(raw)),
    decode: () => typical(() => codec.decode(encoded)),
    encode: () => typical(() => codec.encode(raw)),
    size: () => ({ size: codec.encode(raw).length }),
  }
}

await serve({ version: process.versions.zlib, node: process.version }, {}, openChunk)
