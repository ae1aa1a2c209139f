import { fromErrorBody, NodeExistsError, toErrorBody, UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { fillItem } from '../../pool/fill-item'
import { itemSize, sameType } from '@shared/dtype/itemsize'
import { writeArrayDocuments } from '../../metadata/write-documents'
import type { WritableStore } from '../../stores/store'
import type { ZarrArray } from '../array'
import { createArray } from '../creation/create-node'
import { resolveNewArray, type NewArrayOptions } from '../creation/new-array-options'
import { hasNode, readDocuments } from '../documents'
import type { NodeContext } from '../node-context'
import { openNode } from '../open'
import type { Casting } from '../writing/cast-items'
import { followConsolidated } from '../writing/consolidate'
import { compareItems } from './compare-items'
import { passOf, type CopyControl, type CopyProgress } from './copy-control'
import { copyItems } from './copy-items'
import { derivedOptions, type LayoutOptions } from './derived-options'
import { arrayItems, type ItemSource } from './item-source'

export interface CopyOptions extends LayoutOptions {
  /** Replaces what is at the target. */
  overwrite?: boolean | undefined
  /** Reads the copy back and compares it with the source. */
  verify?: boolean | undefined
  /** Goes on with a copy that was cut off; always verified. */
  resume?: boolean | undefined
  /** Whoever asks removes what a failure leaves. */
  leavesNothing?: boolean | undefined
}

export interface CopyTarget {
  store: WritableStore
  path: string
  context: NodeContext
}

/**
 * Copies an array chunk by chunk into a new one, in bounded memory. Chunks that are missing, or hold nothing but the
 * fill value, are not stored. The source is only read. A failure leaves what was copied, says so, and `resume` goes on.
 *
 * Throws UsageError and ValueError before anything is written, NodeExistsError, ValueError for values that the new data
 * type cannot hold, ChunkCorruptError for chunks that cannot be read or do not read back, IoError, AbortedError.
 */
export async function copyArray(
  source: ZarrArray,
  target: CopyTarget,
  options: CopyOptions = {},
  control: CopyControl = {},
): Promise<{ array: ZarrArray; progress: CopyProgress }> {
  const made = derivedOptions(source, options, options.zarrFormat ?? source.metadata.zarrFormat)
  // Filters that are new here may have no room for some of the values, which only reading back tells.
  const verify = options.verify || options.filters?.length
  return copyInto(
    arrayItems(source),
    made,
    target,
    { ...options, verify: !!verify },
    control,
    source.metadata.fill,
  )
}

/** The same for items of any origin; `fill` is what its missing items read as, null where none are missing. */
export async function copyInto(
  source: ItemSource,
  made: NewArrayOptions,
  target: CopyTarget,
  options: Pick<CopyOptions, 'overwrite' | 'verify' | 'resume' | 'casting' | 'leavesNothing'>,
  control: CopyControl = {},
  fill?: Uint8Array | null,
): Promise<{ array: ZarrArray; progress: CopyProgress }> {
  const casting: Casting = options.casting ?? 'same_kind'
  const array = await prepared(made, target, options)
  const sparse = sameType(source.dtype, array.dtype) && fill !== undefined && sameFill(array, fill)
  try {
    const count = options.verify || options.resume ? 2 : 1
    const progress = await copyItems(source, array, {
      ...passOf(control, { index: 0, count, phase: 'copying' }),
      casting,
      sparse,
      resume: options.resume ?? false,
    })
    const second = passOf(control, { index: 1, count, phase: 'verifying', bytes: progress.bytes })
    if (count === 2) await compareItems(source, array, { ...second, casting, sparse })
    await followConsolidated(target.store, target.path)
    return { array, progress }
  } catch (error) {
    throw options.leavesNothing ? error : incomplete(error, target)
  }
}

/** The array to write to: new, or the one that a copy with the same settings began. */
async function prepared(
  made: NewArrayOptions,
  { store, path, context }: CopyTarget,
  { overwrite, resume }: CopyOptions,
): Promise<ZarrArray> {
  if (resume && (await hasNode(store, path))) {
    const { array, format } = resolveNewArray(made)
    const wanted = writeArrayDocuments(array, format)
    const present = await readDocuments(store, path)
    for (const [name, text] of wanted)
      if (present.get(name) !== text)
        throw new UsageError(
          `"${path || (store.path ?? 'The root')}" was not begun with these settings; name the same ones, or replace it.`,
        )
    const node = await openNode(store, path, context, { format })
    if (node.kind === 'array') return node
    throw new NodeExistsError(path)
  }
  return createArray(store, path, { ...made, mode: overwrite ? 'w' : 'w-' }, context)
}

function sameFill({ metadata, dtype }: ZarrArray, fill: Uint8Array | null): boolean {
  if (itemSize(dtype) === null)
    return Buffer.compare(metadata.fill ?? new Uint8Array(), fill ?? new Uint8Array()) === 0
  return Buffer.compare(fillItem({ dtype, fill: metadata.fill }), fillItem({ dtype, fill })) === 0
}

/** The same error, which also says what was left behind. */
function incomplete(error: unknown, { store, path }: CopyTarget): unknown {
  const body = toErrorBody(error)
  // What an archive was given is kept apart until it is saved, which a failed copy never is.
  if (body.code === 'INTERNAL' || store.kind === 'zip') return error
  const place = [store.path, path].filter((part) => part).join('/') || 'the target'
  const message = `${body.message.replace(/\.$/, '')}; the copy at ${place} is incomplete: resume it or delete it.`
  return fromErrorBody({ ...body, message })
}

/** The format of a new node: as asked, else that of the groups it comes to lie in, else the source's own. */
export async function targetFormat(
  asked: ZarrFormat | undefined,
  source: ZarrFormat,
  { store, path, context }: CopyTarget,
): Promise<ZarrFormat> {
  if (asked !== undefined) return asked
  const names = path.split('/')
  for (let above = names.length - 1; above >= 0; above--) {
    const parent = names.slice(0, above).join('/')
    if (parent !== path && (await hasNode(store, parent)))
      return (await openNode(store, parent, context)).metadata.zarrFormat
  }
  return source === 1 && path !== '' ? 2 : source
}
