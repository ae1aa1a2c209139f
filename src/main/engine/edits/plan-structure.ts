import { NodeNotFoundError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { createArray, createGroup } from '../nodes/creation/create-node'
import { checkNoTwin } from '../nodes/creation/twin-name'
import { openNode } from '../nodes/open'
import { consolidate, followConsolidated } from '../nodes/writing/consolidate'
import { deleteNode, moveNode } from '../nodes/writing/delete-node'
import { resizeArray } from '../nodes/writing/resize'
import { parentOf } from '../stores/key'
import { newArrayOptions } from './array-options'
import type { PlanContext, Planned } from './plan-types'
import { openArray } from './region'
import { counted, shown } from './words'

type Of<K extends Edit['kind']> = Extract<Edit, { kind: K }>

export async function planCreateGroup(edit: Of<'createGroup'>, context: PlanContext): Promise<Planned> {
  await checkNoTwin(context.draft, edit.path)
  await createGroup(context.draft, edit.path, { zarrFormat: edit.zarrFormat }, context.nodes)
  await followCreated(context, edit.path)
  return { label: `Create group ${shown(edit.path)}` }
}

export async function planCreateArray(edit: Of<'createArray'>, context: PlanContext): Promise<Planned> {
  await checkNoTwin(context.draft, edit.path)
  await createArray(context.draft, edit.path, newArrayOptions(edit.options), context.nodes)
  await followCreated(context, edit.path)
  return { label: `Create array ${shown(edit.path)}` }
}

/** Chunks outside the new shape go. */
export async function planResize(edit: Of<'resize'>, context: PlanContext): Promise<Planned> {
  const array = await openArray(context, edit.path)
  await resizeArray(array, edit.shape, { signal: context.signal })
  const [before, after] = [tuple(array.shape), tuple(edit.shape)]
  return { label: `Resize ${shown(edit.path)} to ${after}`, before, after }
}

export async function planDelete(edit: Of<'delete'>, context: PlanContext): Promise<Planned> {
  await deleteNode(context.draft, edit.path)
  return { label: `Delete ${shown(edit.path)}` }
}

export async function planMove(edit: Of<'move'>, context: PlanContext): Promise<Planned> {
  await checkNoTwin(context.draft, edit.to, edit.path)
  await moveNode(context.draft, edit.path, edit.to, context.nodes)
  const verb = parentOf(edit.path) === parentOf(edit.to) ? 'Rename' : 'Move'
  return { label: `${verb} ${shown(edit.path)} to ${shown(edit.to)}` }
}

export async function planConsolidate(edit: Of<'consolidate'>, context: PlanContext): Promise<Planned> {
  const { draft, nodes, signal } = context
  const node = await openNode(draft, edit.path, nodes, { signal })
  if (node.kind !== 'group')
    throw new NodeNotFoundError(
      edit.path,
      `"${edit.path}" is an array; only groups have consolidated metadata.`,
    )
  const count = await consolidate(node, signal)
  return {
    label: `Consolidate the metadata of ${counted(count, 'node')} in ${shown(edit.path)}`,
  }
}

/** The consolidated metadata follows for the node and for the groups that were made on the way to it. */
async function followCreated({ draft }: PlanContext, path: string): Promise<void> {
  for (let at = path; ; at = parentOf(at)) {
    await followConsolidated(draft, at)
    if (at === '') return
  }
}

const tuple = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
