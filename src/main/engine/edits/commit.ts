import { ConflictError } from '@shared/errors'
import { overlapped } from '../cache/overlapped'
import { StagedValue } from '../stores/staged-value'
import type { Staged } from '../stores/overlay'
import type { ListableStore, WritableStore } from '../stores/store'
import { writingTo } from './direct'
import { isDocumentKey } from './document-key'
import { safeOrder, type Step, type Write } from './safe-order'
import { changedKeys, type StagedKeys } from './staged-keys'

/** Keys written at a time. */
const AT_ONCE = 16

/** What the store held before a key was written, and the identity of what it holds now. */
export interface Written {
  before: Staged
  stamp: string | undefined
}

export interface CommitOptions {
  signal?: AbortSignal | undefined
  onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Writes staged keys to the store behind them, in the safe order. `written` grows key by key, so that after a failure it
 * tells which ones were written; an archive is replaced as a whole or not at all. Whether somebody else changed a key
 * is for the caller to see before.
 */
export async function commit(
  { overlay, stamps }: StagedKeys,
  written: Map<string, Written>,
  options: CommitOptions = {},
): Promise<void> {
  const base = overlay.base as WritableStore
  const befores = new Map<string, Staged>()
  const writes: Write[] = []
  for (const [key, value] of overlay.staged) {
    const before = await valueOf(base, key)
    befores.set(key, before)
    writes.push(
      isDocumentKey(key) ? { key, value, texts: await textsOf(key, before, value) } : { key, value },
    )
  }
  const groups = safeOrder(writes)
  const total = groups.reduce((n, group) => n + group.length, 0)
  if (base.kind === 'zip') return commitArchive(base, groups, { befores, stamps, written })
  let done = 0
  for (const group of groups)
    await overlapped(group, AT_ONCE, async ({ key, value }) => {
      if (value) await base.set(key, await value.whole(key))
      else await base.delete(key)
      written.set(key, { before: befores.get(key)!, stamp: await base.stamp(key) })
      options.onProgress?.(++done, total)
    })
}

/** Everything that changes goes into one new archive, which takes the place of the old one when it was checked. */
async function commitArchive(
  base: WritableStore,
  groups: Step[][],
  keys: {
    befores: ReadonlyMap<string, Staged>
    stamps: ReadonlyMap<string, string | undefined>
    written: Map<string, Written>
  },
): Promise<void> {
  await writingTo(base, async (archive) => {
    // The archive may have been replaced since its keys were compared.
    const changed = await changedKeys(archive, keys.stamps)
    if (changed.length > 0) throw conflictOf(changed)
    for (const { key, value } of groups.flat()) {
      if (value) await archive.set(key, await value.whole(key))
      else await archive.delete(key)
    }
  })
  for (const [key, before] of keys.befores) keys.written.set(key, { before, stamp: await base.stamp(key) })
}

export const conflictOf = ([first = '', ...others]: readonly string[]): ConflictError =>
  new ConflictError(
    first,
    others.length === 0
      ? `${first} was changed by another program since it was edited here; nothing was saved. Choose which one to keep.`
      : `${first} and ${others.length} more were changed by another program since they were edited here; nothing was saved. Choose which ones to keep.`,
  )

async function valueOf(base: ListableStore, key: string): Promise<Staged> {
  const bytes = await base.get(key)
  return bytes ? new StagedValue(bytes) : null
}

async function textsOf(key: string, before: Staged, after: Staged): Promise<NonNullable<Write['texts']>> {
  const text = async (value: Staged): Promise<string | undefined> =>
    value ? new TextDecoder().decode(await value.whole(key)) : undefined
  return { before: await text(before), after: await text(after) }
}
