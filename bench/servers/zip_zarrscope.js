/** Line server: opening an array in a zip, and finding its chunks besides, through Zarrscope's library. */
import { library } from './library.js'
import { serve } from './server.js'

const openZip = async (path) => {
  async function opened(work) {
    const array = await library.open(path, { mode: 'r' })
    const found = await work(array)
    await array.store.close?.()
    return { ...found, rss: process.resourceUsage().maxRSS * 1024 }
  }
  return {
    directory: () => opened(() => ({})),
    chunks: () => opened(async (array) => ({ count: await array.initialized() })),
  }
}

await serve({ version: 'this', node: process.version }, {}, openZip)
