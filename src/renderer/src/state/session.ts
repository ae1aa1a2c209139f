import { isAborted } from '@shared/errors'
import type { StoreInfo } from '@shared/model/host'
import { create } from 'zustand'
import { call } from '../rpc/connection'
import { invalidate } from '../rpc/requests'
import { useDialogs } from './dialogs'
import { stagedCount } from './edits'
import { dropIndex } from './node-index'
import { forgetNodeStates } from './per-node'
import { pick } from './pick'
import { reportProblem } from './problems'
import { closeTabsOf, moveTabs, openTab, useTabs } from './tabs'
import { forgetTree, plantTree } from './tree'

interface SessionState {
  stores: StoreInfo[]
  /** Tickets of the open stores by store id, to open them again over a new connection. */
  tickets: Record<string, string>
  /** What is being opened right now. */
  opening: { label: string; cancel: () => void } | null
  /** The last failure to open, shown where the person tried. */
  error: { thrown: unknown; retry: () => void } | null
}

export const useSession = create<SessionState>(() => ({
  stores: [],
  tickets: {},
  opening: null,
  error: null,
}))

const storeById = (id: string): StoreInfo | undefined => useSession.getState().stores.find((s) => s.id === id)

/** Opens the store behind a ticket and shows the node it names. Failures end up in `error`. */
export function openTicket(ticket: string, label: string): Promise<void> {
  return opening(label, ticket, (signal) => call('store.open', { ticket }, { signal }))
}

/** Writes the sample store and opens it. */
export function openSample(): Promise<void> {
  return opening('the sample store', null, (signal) => call('store.sample', {}, { signal }))
}

/** Asks for a folder or a file and opens it. */
export async function pickAndOpen(kind: 'folder' | 'zip'): Promise<void> {
  try {
    const picked = await pick({ kind })
    if (picked) await openTicket(picked.ticket, picked.path.split(/[\\/]/).at(-1) || picked.path)
  } catch (thrown) {
    if (!isAborted(thrown)) useSession.setState({ error: { thrown, retry: () => void pickAndOpen(kind) } })
  }
}

export const dismissError = (): void => useSession.setState({ error: null })

/** Closes a store; where edits are staged, the person is asked first. */
export function askAndClose(id: string): void {
  if (stagedCount(id) > 0) useDialogs.setState({ closing: id })
  else void closeStore(id)
}

/** Closes a store at once; staged edits come back when it is opened again. */
export async function closeStore(id: string): Promise<void> {
  useSession.setState(({ stores }) => ({ stores: stores.filter((s) => s.id !== id) }))
  closeTabsOf(id)
  forgetTree(id)
  dropIndex(id)
  forgetNodeStates(id)
  try {
    await call('store.close', { store: id })
  } catch (error) {
    reportProblem(error)
  }
}

/** Reads everything about a store again. */
export function refreshStore(id: string): void {
  const store = storeById(id)
  if (!store) return
  // Asked before everything else: what was counted counts no more, also where files were written in place.
  call('store.check', { store: id }).catch(reportProblem)
  dropIndex(id)
  plantTree(store, { refresh: true })
  invalidate(id)
}

/** Opens the stores of a lost connection again over the new one; ids change, tabs stay. */
export async function reopenStores(): Promise<void> {
  const { stores, tickets } = useSession.getState()
  const recent = await call('host.recent', {}).catch(() => [])
  for (const old of stores) {
    const ticket = tickets[old.id] ?? recent.find((r) => r.path === old.path)?.ticket
    try {
      if (ticket === undefined) continue
      const info = await call('store.open', { ticket })
      useSession.setState((s) => ({
        stores: s.stores.map((one) => (one.id === old.id ? info : one)),
        tickets: { ...s.tickets, [info.id]: ticket },
      }))
      if (info.id !== old.id) {
        moveTabs(old.id, info.id)
        forgetTree(old.id)
        dropIndex(old.id)
      }
      plantTree(info, { refresh: true })
    } catch (error) {
      reportProblem(error)
    }
  }
}

async function opening(
  label: string,
  ticket: string | null,
  open: (signal: AbortSignal) => Promise<StoreInfo>,
): Promise<void> {
  const abort = new AbortController()
  useSession.setState({ opening: { label, cancel: () => abort.abort() }, error: null })
  try {
    const info = await open(abort.signal)
    const known = useSession.getState().stores.find((s) => s.path === info.path)
    if (known) {
      if (known.id !== info.id) await call('store.close', { store: info.id })
      openTab(known.id, info.initialPath)
      return
    }
    useSession.setState((s) => ({
      stores: [...s.stores, info],
      tickets: ticket === null ? s.tickets : { ...s.tickets, [info.id]: ticket },
    }))
    plantTree(info)
    openTab(info.id, info.initialPath)
  } catch (thrown) {
    if (!isAborted(thrown))
      useSession.setState({ error: { thrown, retry: () => void opening(label, ticket, open) } })
  } finally {
    useSession.setState({ opening: null })
  }
}

/** The store of the active tab, else the first one, as it changes. */
export function useActiveStore(): StoreInfo | undefined {
  const id = useTabs((s) => s.tabs.find((t) => t.id === s.active)?.store)
  return useSession((s) => s.stores.find((one) => one.id === id) ?? s.stores[0])
}

/** The store of the active tab, else the first one. */
export function activeStore(): StoreInfo | undefined {
  const { tabs, active } = useTabs.getState()
  const tab = tabs.find((t) => t.id === active)
  return (tab && storeById(tab.store)) ?? useSession.getState().stores[0]
}
