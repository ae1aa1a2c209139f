import { join } from 'node:path'
import { chosenArrays } from '../data/array-list.js'
import { arrayData, makeArrays } from '../lib/array-data.js'
import { box, Host } from '../lib/host.js'
import { largeArrays } from '../lib/large-data.js'
import { summary } from '../lib/statistics.js'

/** A screenful of cells. */
const SCREEN = box([0, 45], [0, 14])
const READS_AT_ONCE = 4

/**
 * From asking to open a store until its first cells are there, over the serve host's socket, on an array of
 * 1,000,000 × 3,000 float32: in a host that has just started, and in one that has opened it before. And how long the
 * host's event loop is held up while every chunk of a 400 MB array is read for its window, and for statistics.
 */
export async function latency({ options, log }) {
  const folder = largeArrays(log)
  const [array] = chosenArrays({ arrays: ['noisy lz4-5-1'] })
  makeArrays([array], log)
  const samples = { 'first cells, host just started': [], 'first cells, again': [], 'next screen': [] }
  const take = (name, start) => samples[name].push({ ms: performance.now() - start })
  for (let round = 0; round < options.rounds; round++) {
    const host = await Host.start(options, folder)
    try {
      const client = await host.connect()
      for (const name of ['first cells, host just started', 'first cells, again']) {
        const start = performance.now()
        const { id } = await client.call('store.open', { ticket: join(folder, 'table') })
        await client.call('node.get', { store: id, path: '' })
        await client.call('array.read', { store: id, path: '', dims: SCREEN })
        take(name, start)
        for (let page = 1; page <= 20; page++) {
          const next = performance.now()
          await client.call('array.read', { store: id, path: '', dims: box([page * 45, 45], [0, 14]) })
          take('next screen', next)
        }
        await client.call('store.close', { store: id })
      }
      client.close()
    } finally {
      await host.close()
    }
    log(`round ${round + 1}`)
  }
  const operations = Object.fromEntries(
    Object.entries(samples).map(([name, list]) => [name, { zarrscope: summary(list) }]),
  )
  return { operations, eventLoop: await eventLoop(options, arrayData(array).path) }
}

async function eventLoop(options, path) {
  const host = await Host.start(options, path)
  try {
    const client = await host.connect()
    const { id } = await client.call('store.open', { ticket: path })
    const measured = async (work) => {
      host.reset()
      const start = performance.now()
      await work()
      return { ms: performance.now() - start, ...(await host.report()) }
    }
    const read = async () => {
      let next = 0
      const reader = async () => {
        for (let chunk = next++; chunk < 100; chunk = next++) {
          const dims = box([Math.floor(chunk / 10) * 1000, 1000], [(chunk % 10) * 1000, 1000])
          await client.call('array.read', { store: id, path: '', dims })
        }
      }
      await Promise.all(Array.from({ length: READS_AT_ONCE }, reader))
    }
    const statistics = () =>
      client.call('array.statistics', { store: id, path: '', dims: box([0, 10_000], [0, 10_000]) })
    const results = { 'all cells read through the socket': await measured(read) }
    results['statistics of all cells'] = await measured(statistics)
    client.close()
    return results
  } finally {
    await host.close()
  }
}
