import { UsageError } from '@shared/errors'
import { consolidate } from '@engine/nodes/writing/consolidate'
import { counted } from './counted'
import { defineCommand } from './command'
import { withWritableNode } from './open-writable'

export const command = defineCommand({
  name: 'consolidate',
  usage: 'STORE',
  summary: 'write the metadata of every node below a group into one document',
  positional: [1, 1],
  options: {},
  async run(context) {
    return withWritableNode(context, context.positional[0]!, async (node) => {
      if (node.kind === 'array')
        throw new UsageError('This is an array; only groups have consolidated metadata.')
      const nodes = await consolidate(node, context.io.signal)
      await context.io.out(`${counted(nodes, 'node')}\n`)
      return 0
    })
  },
})
