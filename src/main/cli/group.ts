import { UsageError } from '@shared/errors'
import { targetFormat } from '@engine/nodes/copying/copy-array'
import { createGroup } from '@engine/nodes/creation/create-node'
import { followConsolidated } from '@engine/nodes/writing/consolidate'
import { defineCommand } from './command'
import { withStore } from './open-writable'
import { formatOption } from './target'

export const command = defineCommand({
  name: 'group',
  usage: 'STORE/PATH',
  summary: 'create a group',
  details: ['Groups on the way to it are created as well. The default format is that of the store, else 3.'],
  positional: [1, 1],
  options: {},
  async run(context) {
    return withStore(context, context.positional[0]!, 'a', async ({ store, nodePath }, engine) => {
      const asked = formatOption(context.options['zarr-format'])
      if (asked === 1) throw new UsageError('Format 1 has no groups; choose format 2 or 3.')
      const zarrFormat = await targetFormat(asked, 3, { store, path: nodePath, context: engine })
      await createGroup(store, nodePath, { zarrFormat }, engine)
      await followConsolidated(store, nodePath)
      return 0
    })
  },
})
