/** Line server for Zarrscope through its library. Argument: a build. */
import { library } from './library.js'
import { serve } from './server.js'

async function openArray(path, scratch) {
  const array = await library.open(path, { mode: 'r' })
  const get = async (selection, options) => (await array.get(selection, options)).data
  let kept
  let write
  return {
    fresh: () => get(),
    async reused() {
      kept ??= await get()
      return get(undefined, { out: kept })
    },
    async write() {
      write ??= await writer(array, scratch)
      await write()
    },
    row: (i) => get([i, null]),
    column: (j) => get([null, j]),
    window: (i, j) => get(`${i}:${i + 100}, ${j}:${j + 100}`),
    element: async (i, j) => itemsOf(await get([i, j])),
  }

  /** A single item may come back as a number. */
  function itemsOf(item) {
    if (typeof item !== 'number') return item
    return array.dtype.includes('f') ? Float32Array.of(item) : Int32Array.of(item)
  }
}

async function writer(array, scratch) {
  const { data } = await array.get()
  const target = await library.open(scratch, { mode: 'r+' })
  return () => target.set('...', data)
}

await serve({ version: 'this', node: process.version }, {}, openArray)
