import { LimitError } from '@shared/errors'
import type { Edit, EditPreview } from '@shared/model/edits'
import { isDocumentKey } from './document-key'
import { MAX_EDIT_BYTES } from './draft'
import { planResize } from '../nodes/writing/resize'
import type { Store } from '../stores/store'
import { firstValues } from './first-values'
import { planEdit } from './plan'
import type { PlanContext, Planned } from './plan-types'
import { openArray, openRegion, touched } from './region'
import type { KeyChange } from './transaction'

/** Keys of a node that may be staged to go or to move; more are work for a job. */
const MAX_NODE_KEYS = 50_000
/** Regions that touch no more are planned to say exactly what would become of them. */
const EXACT = { chunks: 64, bytes: 64 * 2 ** 20 }

const NOTHING: EditPreview = {
  cells: 0,
  chunksWritten: 0,
  chunksDeleted: 0,
  bytesDeleted: 0,
  documents: 0,
  tooLarge: false,
}

/** What an edit would do; `front` is what its draft stands in front of. */
export async function previewEdit(
  edit: Edit,
  context: PlanContext,
  front: Pick<Store, 'size'>,
): Promise<EditPreview> {
  try {
    const quick = await quickPreview(edit, context)
    if (quick) return await withFirst(quick, edit, context, false)
    const planned = await planEdit(edit, context)
    const changes = await context.draft.changes([edit.path])
    const exact = await exactPreview(planned, changes, (key) => front.size(key))
    return await withFirst(exact, edit, context, true)
  } catch (error) {
    if (error instanceof LimitError)
      return edit.kind === 'resize'
        ? { ...(await resizePreview(edit, context)), tooLarge: true }
        : { ...NOTHING, tooLarge: true }
    throw error
  }
}

async function withFirst(
  preview: EditPreview,
  edit: Edit,
  context: PlanContext,
  isPlanned: boolean,
): Promise<EditPreview> {
  const first = await firstValues(edit, context, isPlanned)
  return first ? { ...preview, first } : preview
}

/** What can be said of an edit without carrying it out; undefined where carrying it out is quick and says more. */
async function quickPreview(edit: Edit, context: PlanContext): Promise<EditPreview | undefined> {
  if (edit.kind === 'delete' || edit.kind === 'move') return nodePreview(edit, context)
  if (edit.kind === 'resize') {
    const preview = await resizePreview(edit, context)
    return preview.tooLarge ? preview : undefined
  }
  if (!('dims' in edit)) return undefined
  const region = await openRegion(context, edit.path, edit.dims)
  const { chunks, bytes } = touched(region)
  // Several regions are planned: they may touch the same chunks.
  if ('also' in edit && edit.also && edit.also.length > 0) return undefined
  if (chunks <= EXACT.chunks && bytes <= EXACT.bytes) return undefined
  return { ...NOTHING, cells: region.cells, chunksWritten: chunks }
}

/** Counts what lies below a node. */
async function nodePreview(
  edit: Extract<Edit, { kind: 'delete' | 'move' }>,
  { draft, signal }: PlanContext,
): Promise<EditPreview> {
  let [chunks, documents, bytes] = [0, 0, 0]
  for await (const batch of draft.scan(edit.path, { signal }))
    for (const { key, size } of batch) {
      if (isDocumentKey(key)) documents++
      else chunks++
      bytes += size
    }
  const moves = edit.kind === 'move'
  return {
    ...NOTHING,
    chunksWritten: moves ? chunks : 0,
    chunksDeleted: chunks,
    bytesDeleted: moves ? 0 : bytes,
    documents,
    tooLarge: chunks + documents > MAX_NODE_KEYS || (moves && bytes > MAX_EDIT_BYTES),
  }
}

/** Counts the chunks outside of a new shape. */
async function resizePreview(
  edit: Extract<Edit, { kind: 'resize' }>,
  context: PlanContext,
): Promise<EditPreview> {
  const array = await openArray(context, edit.path)
  const { doomed, bytes } = await planResize(array, edit.shape, context.signal)
  return {
    ...NOTHING,
    chunksDeleted: doomed.length,
    bytesDeleted: bytes,
    documents: 1,
    tooLarge: doomed.length > MAX_NODE_KEYS,
  }
}

/** What an edit came to on a draft. */
async function exactPreview(
  planned: Planned,
  changes: readonly KeyChange[],
  sizeBefore: (key: string) => Promise<number | undefined>,
): Promise<EditPreview> {
  const preview = { ...NOTHING, cells: planned.cells ?? 0 }
  for (const { key, after } of changes) {
    if (isDocumentKey(key)) preview.documents++
    else if (after === null) {
      preview.chunksDeleted++
      preview.bytesDeleted += (await sizeBefore(key)) ?? 0
    } else preview.chunksWritten++
  }
  return preview
}

/** Throws LimitError for an edit that would stage too many keys of a node. */
export async function checkNodeSize(edit: Edit, context: PlanContext): Promise<void> {
  if (edit.kind !== 'delete' && edit.kind !== 'move' && edit.kind !== 'resize') return
  const counted =
    edit.kind === 'resize' ? await resizePreview(edit, context) : await nodePreview(edit, context)
  const { chunksDeleted, documents, tooLarge } = counted
  if (tooLarge)
    throw new LimitError('The number of keys of this node', chunksDeleted + documents, MAX_NODE_KEYS)
}
