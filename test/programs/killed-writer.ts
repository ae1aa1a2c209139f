/**
 * A program for tests: writes an array, chunk by chunk, and is killed, by the system and at once, before it has renamed
 * the file of the chunk with this number.
 */
import { nodeFs } from '../../src/main/engine/files/node'
import { DirectoryStore } from '../../src/main/engine/stores/directory'

const [path, number] = process.argv.slice(2)
const rename = nodeFs.rename.bind(nodeFs)
let left = Number(number)
nodeFs.rename = async (from, to) => {
  if (--left === 0) process.kill(process.pid, 'SIGKILL')
  await rename(from, to)
}
const store = new DirectoryStore(path!)
for (let i = 0; i < 4; i++) await store.set(`a/c/${i}`, new Uint8Array(20).fill(9))
