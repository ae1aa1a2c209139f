import { toJsonValue } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import { verifyStore } from '@engine/nodes/verify/verify-store'
import { openStore } from '@engine/stores/open-store'
import { counted } from './counted'
import { defineCommand } from './command'
import { progress } from './progress'

export const command = defineCommand({
  name: 'verify',
  usage: 'STORE',
  summary: 'check documents, keys and chunk sizes of a store; status 1 where there are problems',
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'one JSON document' },
    data: { kind: 'boolean', help: 'decode every chunk, which checks checksums' },
  },
  async run(context) {
    const { options, io } = context
    const { store, nodePath } = await openStore(context.positional[0]!)
    try {
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
      if (options.json) await io.out(`${stringifyJson(toJsonValue({ problems, checked }), { indent: 2 })}\n`)
      else {
        const lines = problems.map(({ node, kind, message }) => `${kind}\t/${node}\t${message}\n`)
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
