/** Line server for zarrita, whose codecs are the npm package numcodecs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import FileSystemStore from '@zarrita/storage/fs'
import * as zarr from 'zarrita'
import { serve } from './server.js'

const manifest = join(import.meta.dirname, '../../node_modules/zarrita/package.json')
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

const open = (path) => zarr.open.v2(new FileSystemStore(path), { kind: 'array' })

async function openArray(path, scratch) {
  const array = await open(path)
  const Items = (await zarr.get(array, [zarr.slice(0, 1), null])).data.constructor
  const get = async (selection) => (await zarr.get(array, selection)).data
  let write
  return {
    fresh: () => get(null),
    async write() {
      write ??= await writer(array, scratch)
      await write()
    },
    row: (i) => get([i, null]),
    column: (j) => get([null, j]),
    window: (i, j) => get([zarr.slice(i, i + 100), zarr.slice(j, j + 100)]),
    // A single item comes back as a number.
    element: async (i, j) => Items.of(await zarr.get(array, [i, j])),
  }
}

async function writer(array, scratch) {
  const source = await zarr.get(array, null)
  const target = await open(scratch)
  return () => zarr.set(target, null, source)
}

await serve({ version, node: process.version }, {}, openArray)
