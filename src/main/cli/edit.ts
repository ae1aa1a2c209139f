import * as v from 'valibot'
import { UsageError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { edit as editSchema } from '@shared/rpc/edit-schemas'
import { parseSelection } from '@shared/selection/parse'
import { openNode } from '@engine/nodes/open'
import type { Engine } from '@engine/session/engine'
import type { ListableStore } from '@engine/stores/store'
import { defineCommand } from './command'
import { confirmChunksGo, YES } from './confirm'

/** What has no command of its own. */
const KINDS = [
  'fill',
  'clear',
  'replace',
  'attributes',
  'attributesText',
  'deleteChunks',
  'rewriteChunks',
  'dropFillOnly',
]

export const command = defineCommand({
  name: 'edit',
  usage: 'NODE EDIT',
  summary: 'make an edit as the window does: wholly or not at all',
  details: [
    `EDIT is JSON with a kind (${KINDS.slice(0, 4).join(', ')},`,
    `${KINDS.slice(4).join(', ')}) and what it takes, such as`,
    '{"kind": "fill", "region": "0:10, :", "fill": {"kind": "expression", "text": "x * 2"}}. "Copy as command" in the',
    'window writes it. Deleting chunks asks on a terminal and needs --yes elsewhere.',
  ],
  positional: [2, 2],
  options: YES,
  async run(context) {
    const { positional, options, io } = context
    if (options.sync !== undefined || options['zarr-format'] !== undefined)
      throw new UsageError('An edit takes no --sync and no --zarr-format.')
    const engine = await context.engine()
    const { store, edits, nodePath, release } = await engine.stores.acquire(positional[0]!, {
      readOnly: false,
    })
    try {
      const edit = await editOf(positional[1]!, nodePath, store, engine)
      if (edit.kind === 'deleteChunks') {
        const { chunksDeleted, bytesDeleted } = await edits.preview(edit, { signal: io.signal })
        await confirmChunksGo(io, options.yes, { chunks: chunksDeleted, bytes: bytesDeleted })
      }
      await edits.apply(edit, { signal: io.signal })
      const label = edits.state.edits.at(-1)?.label
      await edits.save()
      await io.out(`${label ?? 'Nothing to change'}\n`)
    } finally {
      if (edits.isDirty) await edits.discard()
      await release()
    }
    return 0
  },
})

/** The edit of a node that JSON names; its region is a selection in NumPy's syntax. */
async function editOf(text: string, path: string, store: ListableStore, engine: Engine): Promise<Edit> {
  const { kind, region, ...rest } = parsed(text)
  if (typeof kind !== 'string' || !KINDS.includes(kind))
    throw new UsageError(`An edit is of one of these kinds: ${KINDS.join(', ')}. Others have commands.`)
  const given = { kind, path, ...rest, ...(region !== undefined && { dims: await dimsOf() }) }
  const result = v.safeParse(editSchema, given)
  if (result.success) return result.output
  const { message, path: place } = result.issues[0]
  const at = place?.map(({ key }) => String(key)).join('.') ?? ''
  throw new UsageError(`This is no edit: ${at === '' ? '' : `${at}: `}${message}.`)

  async function dimsOf() {
    const node = await openNode(store, path, engine)
    if (node.kind !== 'array' || typeof region !== 'string')
      throw new UsageError('A region is a selection of an array, in quotes.')
    const selection = parseSelection(region, node.shape, node.metadata.dimensionNames)
    if (selection.kind !== 'basic') throw new UsageError('A region takes no lists of indices.')
    return selection.dims
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new UsageError(`EDIT needs to be a JSON object, not "${text.slice(0, 60)}".`)
}
