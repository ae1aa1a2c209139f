import { resolve, sep } from 'node:path'
import { UsageError } from '@shared/errors'
import { moveNode } from '@engine/nodes/writing/delete-node'
import { defineCommand } from './command'
import { withStore } from './open-writable'

export const command = defineCommand({
  name: 'move',
  usage: 'NODE PATH',
  summary: 'move or rename a node inside its store',
  details: [
    'PATH is the new path inside the store, such as obs/t2, or the same with the path of the store before it.',
  ],
  positional: [2, 2],
  options: {},
  async run(context) {
    const [from, to] = context.positional
    return withStore(context, from!, 'r+', async ({ store, storePath, nodePath }, engine) => {
      await moveNode(store, nodePath, inside(storePath, to!), engine)
      return 0
    })
  },
})

function inside(storePath: string, text: string): string {
  const full = resolve(text)
  const path = full.startsWith(storePath + sep)
    ? full
        .slice(storePath.length + 1)
        .split(sep)
        .join('/')
    : text
  if (/^([A-Za-z]:)?[\\/]/.test(path))
    throw new UsageError(`${text} lies outside the store ${storePath}; use copy.`)
  return path.replace(/\/+$/, '')
}
