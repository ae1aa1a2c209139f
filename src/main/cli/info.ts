import { toJsonValue } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { StorageCount } from '@shared/model/node'
import { arrayInfoJson, strict } from '@engine/metadata/describe'
import type { ZarrNode } from '@engine/nodes/open'
import type { Session } from '@engine/session/session'
import { countStorage } from '@engine/stats/count-storage'
import { blockOf } from '@engine/stats/info-block'
import { defineCommand } from './command'
import { progress } from './progress'
import { withNode } from './target'

export const command = defineCommand({
  name: 'info',
  usage: 'NODE',
  summary: 'print the summary of an array or group',
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'everything that is known, as one JSON document' },
    storage: {
      kind: 'boolean',
      help: 'count stored bytes and chunks (arrays and groups alike; the default)',
    },
  },
  async run(context) {
    const { options, io } = context
    return withNode(context, context.positional[0]!, async (node, session) => {
      const bar = progress(io, 'counting')
      const count = await countStorage(node, {
        signal: io.signal,
        onProgress: (so) => bar.update(so.initialized, 0),
      })
      bar.end()
      const text = options.json
        ? stringifyJson(infoJson(node, session, count), { indent: 2 })
        : await blockOf(node, count, { signal: io.signal })
      await io.out(`${text}\n`)
      return 0
    })
  },
})

function infoJson(node: ZarrNode, session: Session, count: StorageCount): JsonObject {
  const { consolidatedDifference, formats } = node.origin
  return new Map<string, JsonValue>([
    ...(node.kind === 'array' ? arrayInfoJson(node.metadata) : groupFacts(node)),
    ['path', node.path],
    ['formats', formats],
    ['store', toJsonValue({ kind: session.store.kind, path: session.storePath })],
    // An array's own figure is exact at any size.
    ...(node.kind === 'group' ? [['nbytes', count.nbytes] as [string, number]] : []),
    ['nbytesStored', count.nbytesStored],
    ['initialized', count.initialized],
    ['nchunks', count.nchunks],
    ['files', count.files],
    ['ratio', count.nbytesStored > 0 ? count.nbytes / count.nbytesStored : null],
    ...(consolidatedDifference === undefined
      ? []
      : [['consolidatedDifference', consolidatedDifference] as [string, string]]),
  ])
}

function groupFacts({ metadata }: ZarrNode & { kind: 'group' }): [string, JsonValue][] {
  return [
    ['kind', 'group'],
    ['zarrFormat', metadata.zarrFormat],
    ['attributes', strict(metadata.attributes)],
    ['readable', metadata.problem === undefined],
    ...(metadata.problem ? [['reason', metadata.problem.message] as [string, JsonValue]] : []),
  ]
}
