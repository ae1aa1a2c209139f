import { isAborted, ZarrscopeError } from '@shared/errors'
import type { ZarrArray } from '../nodes/array'
import type { ZarrGroup } from '../nodes/group'
import { inOrder } from '../nodes/in-order'
import { openNode } from '../nodes/open'

/** Arrays opened at a time. */
const AT_ONCE = 32

/** The arrays below a group. Those whose documents cannot be read are left out: their grid is not known. */
export async function arraysBelow(group: ZarrGroup, signal?: AbortSignal): Promise<ZarrArray[]> {
  const found: ZarrArray[] = []
  for await (const batch of group.walk(signal ? { signal } : {})) {
    const paths = batch.filter(({ kind, problem }) => kind === 'array' && problem === undefined)
    for await (const array of inOrder(paths, AT_ONCE, ({ path }) => openArray(group, path, signal)))
      if (array) found.push(array)
  }
  return found
}

async function openArray(
  group: ZarrGroup,
  path: string,
  signal?: AbortSignal,
): Promise<ZarrArray | undefined> {
  try {
    const node = await openNode(group.store, path, group.context, { format: group.origin.preferred, signal })
    return node.kind === 'array' ? node : undefined
  } catch (thrown) {
    if (thrown instanceof ZarrscopeError && !isAborted(thrown)) return undefined
    throw thrown
  }
}
