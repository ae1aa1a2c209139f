import { UsageError } from '@shared/errors'
import { migrateToV3 } from '@engine/nodes/copying/migrate'
import { counted } from './counted'
import { defineCommand } from './command'
import { withWritableNode } from './open-writable'
import { progress } from './progress'

export const command = defineCommand({
  name: 'migrate',
  usage: 'STORE --to 3',
  summary: 'give a store of format 1 or 2 the documents of format 3; chunks stay as they are',
  details: [
    'The old documents stay, so that older programs read the store as before; --remove deletes them.',
  ],
  positional: [1, 1],
  options: {
    to: { kind: 'text', value: '3', help: 'the new format' },
    remove: { kind: 'boolean', help: 'delete the old documents' },
  },
  async run(context) {
    const { options, io } = context
    if (options.to !== '3') throw new UsageError('--to 3 is needed: format 3 is the only one to migrate to.')
    return withWritableNode(context, context.positional[0]!, async (node) => {
      const bar = progress(io, 'migrate')
      const count = await migrateToV3(node, {
        signal: io.signal,
        removeOld: options.remove,
        onProgress: ({ done, total }) => bar.update(done, total),
      })
      bar.end()
      await io.out(`${counted(count, 'node')}\n`)
      return 0
    })
  },
})
