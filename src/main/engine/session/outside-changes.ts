import { existsSync, watch, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StoreChange } from '@shared/model/edits'
import { overlapped } from '../cache/overlapped'
import { valueStamp } from '../cache/value-stamp'
import { isDocumentKey } from '../edits/document-key'
import { isAbsent } from '../files/io-error'
import { tellsOfChanges } from '../files/told-changes'
import { isBelow, parentOf } from '../stores/key'
import type { ListableStore } from '../stores/store'

/** Keys and folders read last that are looked at again, and folders that the system is asked to watch. */
const MAX_KEYS = 4096
const MAX_LISTINGS = 256
const MAX_WATCHED = 64
/** Of these so many are looked at every few seconds where the system does not tell. */
const POLLED_KEYS = 512
const POLLED_LISTINGS = 32
/** Keys asked about at a time. */
const AT_ONCE = 32
/** What happens within this time is looked at once. */
const QUIET_MS = 250

/** What the system is asked. */
export interface ChangesSystem {
  watch: (folder: string, told: () => void) => FSWatcher
  tells: (path: string) => Promise<boolean>
}

const thisSystem: ChangesSystem = {
  watch: (folder, told) => watch(folder, { persistent: false }, told),
  tells: tellsOfChanges,
}

interface Seen {
  path: string
  stamp: string | undefined
}

/**
 * Notices that another program changed what was read of a store: whenever it is asked to look, and when the system says
 * that something happened in the folders read last. Where that hint may never come, as on network disks, `poll` looks.
 */
export class OutsideChanges {
  private readonly store: ListableStore
  private readonly onHint: () => void
  private readonly keys = new Map<string, Seen>()
  private readonly listings = new Map<string, string>()
  private readonly watchers = new Map<string, FSWatcher>()
  private readonly system: ChangesSystem
  private readonly tells: Promise<boolean>
  /** The system took no more folders to watch. */
  private isBlind = false
  private hint: NodeJS.Timeout | undefined
  private isClosed = false

  /** `store` is looked at behind what is staged. */
  constructor(store: ListableStore, onHint: () => void, system = thisSystem) {
    this.store = store
    this.system = system
    this.tells = store.path === undefined ? Promise.resolve(true) : system.tells(store.path)
    this.onHint = onHint
  }

  /** These keys of a node were read just now. */
  async noteKeys(path: string, keys: Iterable<string>): Promise<void> {
    for (const key of keys) {
      const stamp = await valueStamp(this.store, key).catch(() => undefined)
      this.keys.delete(key)
      this.keys.set(key, { path, stamp })
      this.watchFolder(parentOf(key))
    }
    trim(this.keys, MAX_KEYS)
  }

  /** The names below a group were read just now. */
  async noteListing(path: string): Promise<void> {
    this.listings.delete(path)
    this.listings.set(path, await this.namesOf(path))
    trim(this.listings, MAX_LISTINGS)
    this.watchFolder(path)
  }

  /** What is known to have changed otherwise is read anew, and noted then. */
  forget(paths: readonly string[]): void {
    const concerned = (path: string): boolean =>
      paths.some((changed) => changed === path || isBelow(changed, path))
    for (const [key, { path }] of this.keys) if (concerned(path)) this.keys.delete(key)
    for (const path of this.listings.keys())
      if (concerned(path) || paths.some((changed) => parentOf(changed) === path)) this.listings.delete(path)
  }

  /** As `look`, at what was read last, where the system does not tell of changes; nothing elsewhere. */
  async poll(): Promise<StoreChange | undefined> {
    if (this.isClosed || (!this.isBlind && (await this.tells))) return undefined
    return this.look({ keys: POLLED_KEYS, listings: POLLED_LISTINGS })
  }

  /** What changed since it was read; undefined where nothing did. Each change is told once. At most so many, the latest. */
  async look({ keys = MAX_KEYS, listings = MAX_LISTINGS } = {}): Promise<StoreChange | undefined> {
    const paths = new Set<string>()
    let tree = false
    await overlapped([...this.keys].slice(-keys), AT_ONCE, async ([key, seen]) => {
      const stamp = await this.store.stamp(key).catch(() => undefined)
      if (stamp === seen.stamp) return
      this.keys.set(key, { ...seen, stamp })
      paths.add(seen.path)
      tree ||= isDocumentKey(key) && (stamp === undefined || seen.stamp === undefined)
    })
    await overlapped([...this.listings].slice(-listings), AT_ONCE, async ([path, names]) => {
      const now = await this.namesOf(path)
      if (now === names) return
      this.listings.set(path, now)
      paths.add(path)
      tree = true
    })
    return paths.size > 0 ? { by: 'outside', paths: [...paths].sort(), whole: false, tree } : undefined
  }

  close(): void {
    this.isClosed = true
    clearTimeout(this.hint)
    for (const watcher of this.watchers.values()) watcher.close()
    this.watchers.clear()
  }

  private async namesOf(path: string): Promise<string> {
    const { prefixes } = await this.store.list(path).catch(() => ({ prefixes: [] }))
    return prefixes.join('/')
  }

  private watchFolder(prefix: string): void {
    const { path: root, kind } = this.store
    if (root === undefined || this.isClosed) return
    const folder = kind === 'zip' ? dirname(root) : join(root, prefix)
    if (this.watchers.has(folder)) return
    try {
      const watcher = this.system.watch(folder, () => this.hinted())
      watcher.on('error', () => {
        this.unwatch(folder)
        // Windows says this of a folder that was deleted.
        if (existsSync(folder)) this.isBlind = true
      })
      this.watchers.set(folder, watcher)
    } catch (thrown) {
      // Of a folder that is not there nothing was read but that. ENOSPC: one too many for the system.
      if (!isAbsent(thrown)) this.isBlind = true
    }
    for (const oldest of this.watchers.keys()) if (this.watchers.size > MAX_WATCHED) this.unwatch(oldest)
  }

  private unwatch(folder: string): void {
    this.watchers.get(folder)?.close()
    this.watchers.delete(folder)
  }

  private hinted(): void {
    if (this.isClosed) return
    this.hint ??= setTimeout(() => {
      this.hint = undefined
      this.onHint()
    }, QUIET_MS).unref()
  }
}

function trim(map: Map<string, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) return
    map.delete(oldest)
  }
}
