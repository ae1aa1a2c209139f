import { NodeNotFoundError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import { strict } from '@engine/metadata/describe'
import { defineCommand } from './command'
import { withNode } from './target'

export const command = defineCommand({
  name: 'attrs',
  usage: 'NODE [KEY]',
  summary: 'print the attributes of a node, or one of them',
  positional: [1, 2],
  options: { json: { kind: 'boolean', help: 'strict JSON: NaN and infinities as texts' } },
  async run(context) {
    const [path, key] = context.positional
    return withNode(context, path!, async (node) => {
      const { attributes } = node.metadata
      const value = key === undefined ? attributes : attributes.get(key)
      if (value === undefined) throw new NodeNotFoundError(node.path, `There is no attribute "${key ?? ''}".`)
      await context.io.out(`${stringifyJson(context.options.json ? strict(value) : value, { indent: 2 })}\n`)
      return 0
    })
  },
})
