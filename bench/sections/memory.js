import { join } from 'node:path'
import { chosenArrays } from '../data/array-list.js'
import { arrayData, makeArrays } from '../lib/array-data.js'
import { box, Host } from '../lib/host.js'
import { largeArrays } from '../lib/large-data.js'
import { placesFrom } from '../lib/statistics.js'

const WINDOWS = 200
const SIDE = 500_000

/** Peak memory (resident set) of the serve host while it shows an array of 1 TB, and while it reads 400 MB. */
export async function memory({ options, log }) {
  const terabyte = join(largeArrays(log), 'terabyte')
  const [array] = chosenArrays({ arrays: ['noisy lz4-5-1'] })
  makeArrays([array], log)
  const place = placesFrom(3)
  const whole = { path: '', rowAxis: 0, columnAxis: 1, fixed: [null, null], maxRows: 1024, maxColumns: 1024 }
  return {
    peaks: {
      'host with nothing open': await peak(options, terabyte, async () => undefined),
      [`1 TB array: ${WINDOWS} windows of 1000 × 100 cells, chunk map, storage count`]: await peak(
        options,
        terabyte,
        async (client, store) => {
          for (let i = 0; i < WINDOWS; i++) {
            const dims = box([place(SIDE - 1000), 1000], [place(SIDE - 100), 100])
            await client.call('array.read', { store, path: '', dims })
          }
          await client.call('array.chunkMap', { store, ...whole })
          await client.call('node.storage', { store, path: '' })
        },
      ),
      '400 MB array: statistics of all cells': await peak(options, arrayData(array).path, (client, store) =>
        client.call('array.statistics', { store, path: '', dims: box([0, 10_000], [0, 10_000]) }),
      ),
    },
  }
}

async function peak(options, path, work) {
  const host = await Host.start(options, path)
  try {
    const client = await host.connect()
    const { id } = await client.call('store.open', { ticket: path })
    const start = performance.now()
    await work(client, id)
    const ms = performance.now() - start
    const { peakMB } = await host.report()
    client.close()
    return { peakMB, ms }
  } finally {
    await host.close()
  }
}
