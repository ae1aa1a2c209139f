import { rmdir } from 'node:fs/promises'
import { deleteNode, measureNode } from '@engine/nodes/writing/delete-node'
import { counted, inBytes } from './counted'
import { defineCommand } from './command'
import { confirm, YES } from './confirm'
import { withWritableNode } from './open-writable'

export const command = defineCommand({
  name: 'delete',
  usage: 'NODE',
  summary: 'delete an array or group with everything below it',
  details: ['Asks on a terminal, needs --yes elsewhere.'],
  positional: [1, 1],
  options: YES,
  async run(context) {
    const { io, options } = context
    let emptied: string | undefined
    await withWritableNode(context, context.positional[0]!, async ({ path, kind }, { store, storePath }) => {
      const { keys, bytes } = await measureNode(store, path, io.signal)
      const name = path === '' ? 'the whole store' : `the ${kind} "${path}"`
      await confirm(io, options.yes, `This deletes ${name}: ${counted(keys, 'key')}, ${inBytes(bytes)}.`)
      await deleteNode(store, path)
      if (path === '' && store.kind === 'directory') emptied = storePath
    })
    // A folder that holds something else stays.
    if (emptied !== undefined) await rmdir(emptied).catch(() => undefined)
    return 0
  },
})
