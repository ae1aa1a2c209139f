import { MetadataError, UsageError } from '@shared/errors'
import type { AttributeChange, Edit } from '@shared/model/edits'
import type { JsonEdit } from '@shared/json/edit'
import { parseJson } from '@shared/json/parse'
import { pointer } from '@shared/json/path'
import { stringifyJson } from '@shared/json/stringify'
import { parseJsonTree, type JsonNode } from '@shared/json/tree'
import { openNode, type ZarrNode } from '../nodes/open'
import { attributesHome, editAttributes } from '../nodes/writing/attributes'
import { followConsolidated } from '../nodes/writing/consolidate'
import { utf8 } from '../nodes/writing/writable'
import { mergeJson } from './merge-json'
import type { PlanContext, Planned } from './plan-types'
import { counted, shortened, shown } from './words'

type Of<K extends Edit['kind']> = Extract<Edit, { kind: K }>

/** Single changes, token by token. Throws UsageError where a path leads nowhere, MetadataError for text that is no JSON. */
export async function planAttributes(edit: Of<'attributes'>, context: PlanContext): Promise<Planned> {
  const node = await openNode(context.draft, edit.path, context.nodes, { signal: context.signal })
  const edits = edit.changes.flatMap((change) =>
    jsonEdits(change).map((one) => ({ path: change.path, edit: one })),
  )
  await changeDocument(node, context, (home) => editAttributes(home, edits))
  const [only] = edit.changes
  if (only === undefined || edit.changes.length > 1)
    return {
      label: `Change ${counted(edit.changes.length, 'attribute')} of ${shown(edit.path)}`,
      ...changedNames(edit.changes),
    }
  const before = textAt(node, only.path)
  const after = 'json' in only ? only.json : 'name' in only ? only.name : undefined
  return {
    label: `${VERBS[only.op]} attribute ${nameOf(only.path)} of ${shown(edit.path)}`,
    ...(before !== undefined && { before: shortened(before) }),
    ...(after !== undefined && { after: shortened(after) }),
  }
}

/** The whole object; what is equal keeps its bytes. */
export async function planAttributesText(edit: Of<'attributesText'>, context: PlanContext): Promise<Planned> {
  const { path, text } = edit
  if (parseJsonTree(text, { key: 'The attributes' }).kind !== 'object')
    throw new MetadataError('The attributes', '', 'they are a JSON object, such as {"units": "K"}.')
  const node = await openNode(context.draft, path, context.nodes, { signal: context.signal })
  await changeDocument(node, context, ({ key, text: document, inside }) => {
    if (inside.length === 0) return replaced(document, parseJsonTree(document, { key }), text, key)
    const withPlace = editAttributes({ key, text: document, inside }, [])
    const tree = parseJsonTree(withPlace, { key })
    const member = tree.kind === 'object' && tree.members.findLast(({ name }) => name === 'attributes')
    if (!member) throw new UsageError(`${key} has no place for attributes.`)
    return replaced(withPlace, member.value, text, key)
  })
  return {
    label: `Change the attributes of ${shown(path)}`,
    before: shortened(node.metadata.attributesText),
    after: shortened(text),
  }
}

const replaced = (document: string, place: JsonNode, text: string, key: string): string =>
  document.slice(0, place.start) +
  mergeJson(document.slice(place.start, place.end), text.trim(), { key }) +
  document.slice(place.end)

async function changeDocument(
  node: ZarrNode,
  { draft }: PlanContext,
  change: (home: Awaited<ReturnType<typeof attributesHome>>) => string,
): Promise<void> {
  const home = await attributesHome(node)
  await draft.set(home.key, utf8(change(home)))
  await followConsolidated(draft, node.path)
}

const VERBS = { set: 'Set', insert: 'Add', delete: 'Delete', rename: 'Rename', move: 'Move' } as const

/** A single value keeps the very token that was typed; lists and objects are laid out as their document is. */
function jsonEdits(change: AttributeChange): JsonEdit[] {
  switch (change.op) {
    case 'set':
    case 'insert': {
      const { value } = parseJson(change.json, { key: 'The value' })
      const put = { kind: change.op, value }
      return value instanceof Map || Array.isArray(value) ? [put] : [put, { kind: 'text', text: change.json }]
    }
    case 'rename':
      return [{ kind: 'rename', name: change.name }]
    case 'move':
      return [{ kind: 'move', to: change.to }]
    case 'delete':
      return [{ kind: 'delete' }]
  }
}

/** "units" or "/bands/0/name". */
const nameOf = (path: readonly (string | number)[]): string =>
  path.length === 1 ? JSON.stringify(path[0]) : pointer(path)

const changedNames = (changes: readonly AttributeChange[]): Pick<Planned, 'after'> => ({
  after: shortened([...new Set(changes.map(({ path }) => nameOf(path.slice(0, 1))))].join(', ')),
})

/** The value at a path, as text. */
function textAt(node: ZarrNode, path: readonly (string | number)[]): string | undefined {
  let value: unknown = node.metadata.attributes
  for (const step of path)
    value = value instanceof Map ? value.get(step) : (value as unknown[] | undefined)?.[step as number]
  return value === undefined ? undefined : stringifyJson(value as Parameters<typeof stringifyJson>[0])
}
