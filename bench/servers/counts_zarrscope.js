/** Line server: counting stored chunks and bytes through Zarrscope's library; every count looks at the store anew. */
import { library } from './library.js'
import { serve } from './server.js'

async function openNode(path, kind) {
  if (kind === 'group') {
    return { nodes: async () => ({ count: await countNodes(path) }) }
  }
  const fresh = () => library.open(path, { mode: 'r' })
  return {
    bytes: async () => ({ count: await (await fresh()).nbytesStored() }),
    chunks: async () => ({ count: await (await fresh()).initialized() }),
  }
}

async function countNodes(path) {
  const pending = [await library.openGroup(path)]
  let count = 0
  for (let group = pending.pop(); group; group = pending.pop()) {
    count++
    const children = await group.children()
    const groups = children.filter(({ kind }) => kind === 'group')
    count += children.length - groups.length
    for (const { name } of groups) pending.push(await group.get(name))
  }
  return count
}

await serve({ version: 'this', node: process.version }, {}, openNode)
