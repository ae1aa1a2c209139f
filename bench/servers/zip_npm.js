/** Line server: reading a zip's directory with an npm package. Argument: "fflate" or "unzipit". */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { serve } from './server.js'

const READERS = {
  async fflate(path) {
    const { unzipSync } = await import('fflate')
    let count = 0
    unzipSync(readFileSync(path), { filter: () => (count++, false) })
    return count
  },
  async unzipit(path) {
    const { unzip } = await import('unzipit')
    const file = openSync(path, 'r')
    const reader = {
      getLength: async () => fstatSync(file).size,
      async read(offset, length) {
        const bytes = new Uint8Array(length)
        readSync(file, bytes, 0, length, offset)
        return bytes
      },
    }
    const { entries } = await unzip(reader)
    closeSync(file)
    return Object.keys(entries).length
  },
}

const read = READERS[process.argv[2]]
await serve({ node: process.version }, {}, async (path) => ({
  directory: async () => ({ count: (await read(path)) - 1, rss: process.resourceUsage().maxRSS * 1024 }),
}))
