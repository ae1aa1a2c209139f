/** Line server: opening a zip and finding its chunks through Zarrscope's library. */
import { library } from './library.js'
import { serve } from './server.js'

const openZip = async (path) => ({
  async directory() {
    const array = await library.open(path, { mode: 'r' })
    const count = await array.initialized()
    await array.store.close?.()
    return { count, rss: process.resourceUsage().maxRSS * 1024 }
  },
})

await serve({ version: 'this', node: process.version }, {}, openZip)
