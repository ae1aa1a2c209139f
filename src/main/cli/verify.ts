import { toJsonValue } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import { verifyStore } from '@engine/nodes/verify/verify-store'
import { DirectoryStore } from '@engine/stores/directory'
import { findLeftovers, removeLeftovers } from '@engine/stores/leftovers'
import { openStore } from '@engine/stores/open-store'
import { counted } from './counted'
import { defineCommand } from './command'
import { progress } from './progress'

export const command = defineCommand({
  name: 'verify',
  usage: 'STORE',
  summary: 'check documents, keys and chunk sizes of a store; status 1 where there are problems',
  details: [
    'A write that was killed may leave an unfinished, hidden file, which nothing takes for data. --remove-leftovers removes',
    'those of processes of this machine that have ended; the others are told, to be removed by hand.',
  ],
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'one JSON document' },
    data: { kind: 'boolean', help: 'decode every chunk, which checks checksums' },
    'remove-leftovers': { kind: 'boolean', help: 'first remove what killed writes left in a folder' },
  },
  async run(context) {
    const { options, io } = context
    const removes = options['remove-leftovers']
    const { store, nodePath } = await openStore(context.positional[0]!, removes ? { mode: 'r+' } : {})
    try {
      const removed =
        removes && store instanceof DirectoryStore
          ? await removeLeftovers(store, await findLeftovers(store, nodePath, { signal: io.signal }))
          : []
      const bar = progress(io, 'verifying')
      const { problems, checked } = await verifyStore(
        store,
        nodePath,
        { executor: (await context.engine()).executor },
        {
          data: options.data,
          signal: io.signal,
          onProgress: ({ done, total }) => bar.update(done, total),
        },
      )
      bar.end()
      if (options.json)
        await io.out(
          `${stringifyJson(toJsonValue({ problems, checked, ...(removes && { removed }) }), { indent: 2 })}\n`,
        )
      else {
        const lines = [
          ...removed.map((name) => `removed\t${name}\n`),
          ...problems.map(({ node, kind, message }) => `${kind}\t/${node}\t${message}\n`),
        ]
        const chunks = `${counted(checked.chunks, 'chunk')} ${options.data ? 'decoded' : 'seen'}`
        await io.out(
          `${lines.join('')}${counted(problems.length, 'problem')}; ${counted(checked.nodes, 'node')}, ${chunks}\n`,
        )
      }
      return problems.length > 0 ? 1 : 0
    } finally {
      await store.close()
    }
  },
})
