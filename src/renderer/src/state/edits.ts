/**
 * The staged edits of every open store, as the host tells them, and what the window can ask it to do with them. Several
 * windows on one store see the same edits.
 */
import { isAborted } from '@shared/errors'
import type { Edit, EditsState, ShownConflict, StoreChange } from '@shared/model/edits'
import { create } from 'zustand'
import { call } from '../rpc/connection'
import { invalidate } from '../rpc/requests'
import { dropIndex } from './node-index'
import { endJob, startJob, updateJob } from './jobs'
import { reportProblem } from './problems'
import { nodeId, refreshChildren } from './tree'

export const useEdits = create<{ byStore: Record<string, EditsState> }>(() => ({ byStore: {} }))

export const editsOf = (store: string): EditsState | undefined => useEdits.getState().byStore[store]

export const stagedCount = (store: string): number => editsOf(store)?.edits.length ?? 0

/** Why nothing in the store can be edited; null where it can. */
export const frozenReason = (store: string): string | null => {
  const state = editsOf(store)
  return state ? state.frozen : 'The store is still being opened.'
}

type ChangeListener = (store: string, change: StoreChange) => void
const listeners = new Set<ChangeListener>()

/** Tells of every change of an open store, after cached answers about it were dropped. */
export function onStoreChange(listener: ChangeListener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const touches = (change: StoreChange, path: string): boolean =>
  change.whole || change.paths.includes(path)

/** Follows the edits and changes of a store until the returned function is called. */
export function followStore(store: string): () => void {
  const abort = new AbortController()
  const { signal } = abort
  const report = (error: unknown): void => {
    // A lost connection has its own banner, and a closed store is followed no more.
    if (!signal.aborted && !isAborted(error)) reportProblem(error)
  }
  call(
    'edits.watch',
    { store },
    {
      signal,
      onProgress: (state) =>
        useEdits.setState(({ byStore }) => ({ byStore: { ...byStore, [store]: state } })),
    },
  ).catch(report)
  call('store.changes', { store }, { signal, onProgress: (change) => changed(store, change) }).catch(report)
  return () => {
    abort.abort()
    useEdits.setState(({ byStore }) => {
      const others = Object.entries(byStore).filter(([id]) => id !== store)
      return { byStore: Object.fromEntries(others) }
    })
  }
}

function changed(store: string, change: StoreChange): void {
  if (change.tree || change.whole) {
    dropIndex(store)
    refreshChildren(nodeId(store, ''))
  }
  invalidate(store, change.whole ? undefined : change.paths)
  for (const listener of listeners) listener(store, change)
}

/** Edits that were sent and not answered yet, per store. */
const inFlight = new Map<string, Set<Promise<unknown>>>()

export const isStaging = (store: string): boolean => inFlight.has(store)

/** Resolves when every edit that was sent so far is staged or refused. */
async function staged(store: string): Promise<void> {
  await Promise.allSettled([...(inFlight.get(store) ?? [])])
}

function track<T>(store: string, work: Promise<T>): Promise<T> {
  const all = inFlight.get(store) ?? new Set()
  inFlight.set(store, all.add(work))
  const drop = (): void => {
    all.delete(work)
    if (all.size === 0 && inFlight.get(store) === all) inFlight.delete(store)
  }
  work.then(drop, drop)
  return work
}

/** Stages an edit. Rejects with the reason where it is refused; nothing is staged then. */
export async function applyEdit(
  store: string,
  edit: Edit,
  options: { label?: string; signal?: AbortSignal } = {},
): Promise<void> {
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  options.signal?.addEventListener('abort', stop, { once: true })
  const job = startJob({ name: options.label ?? 'Stage the edit', cancel: stop })
  try {
    await track(
      store,
      call(
        'edits.apply',
        { store, edit },
        {
          signal: abort.signal,
          onProgress: ({ done, total }) => updateJob(job, total > 0 ? done / total : 0),
        },
      ),
    )
  } finally {
    options.signal?.removeEventListener('abort', stop)
    endJob(job)
  }
}

/** Undo and Redo, after what was typed just before; failures (somebody else changed the chunk meanwhile) go to the problems. */
export async function step(store: string, direction: 'undo' | 'redo'): Promise<void> {
  await staged(store)
  try {
    await call(`edits.${direction}`, { store })
  } catch (error) {
    reportProblem(error)
    throw error
  }
}

/** Saves everything that is staged for a store, after what is still on its way. Tells what was written. */
export async function saveEdits(store: string): Promise<{ keys: number; bytes: number }> {
  await staged(store)
  const job = startJob({ name: 'Save edits', cancel: () => undefined })
  try {
    return await call(
      'edits.save',
      { store },
      { onProgress: ({ done, total }) => updateJob(job, total > 0 ? done / total : 0) },
    )
  } finally {
    endJob(job)
  }
}

/** A listed edit with its values, for scripts. */
export const wholeEdit = (store: string, id: number): Promise<Edit> => call('edits.get', { store, id })

export const revertEdit = (store: string, id: number): Promise<null> => call('edits.revert', { store, id })

/** Discards everything that is staged for a store, what is still on its way included. */
export async function discardEdits(store: string): Promise<null> {
  await staged(store)
  return call('edits.discard', { store })
}

/** Settles conflicts as they were shown: those that have changed since stay, and the error says so. */
export const resolveConflicts = (
  store: string,
  shown: readonly ShownConflict[],
  take: 'mine' | 'theirs',
): Promise<null> => {
  const conflicts = shown.map(({ key, version }) => ({ key, version }))
  return call('edits.resolve', { store, conflicts, take })
}
