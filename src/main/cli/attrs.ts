import { NodeNotFoundError, UsageError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import { strict } from '@engine/metadata/describe'
import { changeAttributes, type AttributeEdit } from '@engine/nodes/writing/attributes'
import { defineCommand } from './command'
import { withLockableNode } from './open-writable'
import { withNode } from './target'

export const command = defineCommand({
  name: 'attrs',
  usage: 'NODE [KEY | KEY=JSON…]',
  summary: 'print, write or delete attributes of a node',
  details: ['Text values need their quotes: units=\'"K"\'. Attributes that are not named keep every byte.'],
  positional: [1, 10_000],
  options: {
    json: { kind: 'boolean', help: 'strict JSON: NaN and infinities as texts' },
    delete: { kind: 'repeat', value: 'KEY', help: 'delete an attribute' },
  },
  async run(context) {
    const [path, ...rest] = context.positional
    const { delete: doomed, json } = context.options
    if (doomed.length > 0 || rest.some((text) => text.includes('='))) {
      const edits = rest.map(edit)
      return withLockableNode(context, path!, async (node, { locks }) => {
        for (const key of doomed) if (!node.metadata.attributes.has(key)) throw missing(node.path, key)
        const deletions = doomed.map((key): AttributeEdit => ({ path: [key], edit: { kind: 'delete' } }))
        await changeAttributes(node, [...edits, ...deletions], locks)
        return 0
      })
    }
    if (rest.length > 1) throw new UsageError('One KEY is read at a time; KEY=JSON writes.')
    const [key] = rest
    return withNode(context, path!, async (node) => {
      const { attributes } = node.metadata
      const value = key === undefined ? attributes : attributes.get(key)
      if (value === undefined) throw missing(node.path, key ?? '')
      await context.io.out(`${stringifyJson(json ? strict(value) : value, { indent: 2 })}\n`)
      return 0
    })
  },
})

const missing = (path: string, key: string): NodeNotFoundError =>
  new NodeNotFoundError(path, `There is no attribute "${key}".`)

function edit(text: string): AttributeEdit {
  const equals = text.indexOf('=')
  if (equals < 1) throw new UsageError(`"${text}" is no KEY=JSON.`)
  return { path: [text.slice(0, equals)], edit: { kind: 'set', value: valueOf(text.slice(equals + 1)) } }
}

function valueOf(text: string): JsonValue {
  try {
    return parseJson(text).value
  } catch {
    throw new UsageError(
      `${text} is no JSON; a text needs its quotes, as in '"${text.replaceAll('"', '')}"'.`,
    )
  }
}
