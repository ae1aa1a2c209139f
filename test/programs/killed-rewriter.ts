/**
 * A program for tests: gives an array other chunks in its place and is killed, by the system and at once, after it has
 * renamed so many files and folders.
 */
import { nodeFs } from '../../src/main/engine/files/node'
import { rewriteArray } from '../../src/main/engine/nodes/copying/rewrite-array'
import { openNode } from '../../src/main/engine/nodes/open'
import { ZarrArray } from '../../src/main/engine/nodes/array'
import { InlineExecutor } from '../../src/main/engine/pool/inline'
import { openStore } from '../../src/main/engine/stores/open-store'

const [path, renames] = process.argv.slice(2)
const rename = nodeFs.rename.bind(nodeFs)
let left = Number(renames)
nodeFs.rename = async (from, to) => {
  await rename(from, to)
  if (--left === 0) process.kill(process.pid, 'SIGKILL')
}
const { store, nodePath } = await openStore(path!, { mode: 'r+' })
const node = await openNode(store, nodePath, { executor: new InlineExecutor() })
if (node instanceof ZarrArray) await rewriteArray(node, { chunks: [5] })
