/** Line server for the npm package numcodecs: "open RAW ENCODED CODEC", then decode and encode. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from './server.js'
import { typical } from './typical.js'

const manifest = join(import.meta.dirname, '../../node_modules/numcodecs/package.json')
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

const LOAD = {
  blosc: () => import('numcodecs/blosc'),
  lz4: () => import('numcodecs/lz4'),
  zlib: () => import('numcodecs/zlib'),
  zstd: () => import('numcodecs/zstd'),
}

async function openChunk(rawPath, encodedPath, config) {
  const settings = JSON.parse(config)
  const load = LOAD[settings.id]
  if (!load) return {}
  const codec = (await load()).default.fromConfig(settings)
  const raw = new Uint8Array(readFileSync(rawPath))
  const encoded = new Uint8Array(readFileSync(encodedPath))
  const out = new Uint8Array(raw.length)
  return {
    bytes: () => codec.decode(encoded),
    'round trip': async () => codec.decode(await codec.encode(raw)),
    decode: () => typical(() => codec.decode(encoded, out)),
    encode: () => typical(() => codec.encode(raw)),
    size: async () => ({ size: (await codec.encode(raw)).length }),
  }
}

await serve({ version, node: process.version }, {}, openChunk)
