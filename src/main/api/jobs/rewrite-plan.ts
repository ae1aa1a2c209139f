import { isAborted, UsageError, ZarrscopeError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import type { ZarrArray } from '@engine/nodes/array'
import { arraysBelow, checkLayout } from '@engine/nodes/copying/check-layout'
import { itemsBytes } from '@engine/nodes/copying/copy-control'
import type { ZarrNode } from '@engine/nodes/open'
import { refusalWords } from '@engine/trials/bind-setting'
import { layoutOptions } from './layout'
import { bytesText, shown } from './words'

type RewriteSpec = Extract<JobSpec, { kind: 'rewrite' }>

/** Which arrays get the new layout, and which of a group keep theirs because of what they hold, in a sentence. */
export interface RewritePlan {
  arrays: ZarrArray[]
  kept: { path: string; why: string }[]
}

/**
 * Works out what a rewrite would do, and writes nothing. An array must be able to take the layout; of a group those that
 * cannot are kept as they are, unless none can. Throws what is wrong then.
 */
export async function planRewrite(node: ZarrNode, spec: RewriteSpec): Promise<RewritePlan> {
  if (node.kind === 'array') {
    checkArray(node, spec)
    return { arrays: [node], kept: [] }
  }
  const plan: RewritePlan = { arrays: [], kept: [] }
  let refusal: { path: string; why: string } | undefined
  for (const array of await arraysBelow(node)) {
    const { path } = array
    const small = tooSmall(array, spec.only?.minBytes ?? 0)
    const refused = small ?? refusedBy(() => checkArray(array, spec))
    if (refused === undefined) plan.arrays.push(array)
    else {
      plan.kept.push({ path, why: refused })
      if (small === undefined) refusal ??= { path, why: refused }
    }
  }
  if (plan.arrays.length > 0) return plan
  const below = `No array below ${shown(spec.source.path)} is to be rewritten`
  throw new UsageError(refusal ? `${below}: ${shown(refusal.path)}: ${refusal.why}` : `${below}.`)
}

function checkArray(array: ZarrArray, { layout }: RewriteSpec): void {
  const rank = layout.chunks?.length ?? layout.shards?.length
  if (rank !== undefined && array.shape.length !== rank)
    throw new UsageError(
      `Chunks of ${rank} dimensions do not fit ${shown(array.path)}, which has ${array.shape.length}.`,
    )
  const { zarrFormat } = array.metadata
  if (layout.zarrFormat !== undefined && layout.zarrFormat !== zarrFormat)
    throw new UsageError('The format of an array is not changed in its place; copy or migrate it.')
  checkLayout(array, layoutOptions(layout, { shape: array.shape, chunks: array.layout.chunks }), zarrFormat)
}

/** Arrays that cannot be read are of no size, and are refused for what they are. */
function tooSmall(array: ZarrArray, minBytes: number): string | undefined {
  if (array.metadata.problem || itemsBytes(array) >= minBytes) return undefined
  return `It is smaller than ${bytesText(minBytes)}.`
}

function refusedBy(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (!(error instanceof ZarrscopeError) || isAborted(error)) throw error
    return refusalWords(error)
  }
}
