import { watch, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StoreChange } from '@shared/model/edits'
import { overlapped } from '../cache/overlapped'
import { valueStamp } from '../cache/value-stamp'
import { isDocumentKey } from '../edits/document-key'
import { isBelow, parentOf } from '../stores/key'
import type { ListableStore } from '../stores/store'

/** Keys and folders read last that are looked at again, and folders that the system is asked to watch. */
const MAX_KEYS = 4096
const MAX_LISTINGS = 256
const MAX_WATCHED = 64
/** Keys asked about at a time. */
const AT_ONCE = 32
/** What happens within this time is looked at once. */
const QUIET_MS = 250

interface Seen {
  path: string
  stamp: string | undefined
}

/**
 * Notices that another program changed what was read of a store: whenever it is asked to look, and when the system says
 * that something happened in the folders read last (a hint that may never come, as on network disks).
 */
export class OutsideChanges {
  private readonly store: ListableStore
  private readonly onHint: () => void
  private readonly keys = new Map<string, Seen>()
  private readonly listings = new Map<string, string>()
  private readonly watchers = new Map<string, FSWatcher>()
  private hint: NodeJS.Timeout | undefined
  private isClosed = false

  /** `store` is looked at behind what is staged. */
  constructor(store: ListableStore, onHint: () => void) {
    this.store = store
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

  /** What changed since it was read; undefined where nothing did. Each change is told once. */
  async look(): Promise<StoreChange | undefined> {
    const paths = new Set<string>()
    let tree = false
    await overlapped([...this.keys], AT_ONCE, async ([key, seen]) => {
      const stamp = await this.store.stamp(key).catch(() => undefined)
      if (stamp === seen.stamp) return
      this.keys.set(key, { ...seen, stamp })
      paths.add(seen.path)
      tree ||= isDocumentKey(key) && (stamp === undefined || seen.stamp === undefined)
    })
    await overlapped([...this.listings], AT_ONCE, async ([path, names]) => {
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
      const watcher = watch(folder, { persistent: false }, () => this.hinted())
      watcher.on('error', () => this.unwatch(folder))
      this.watchers.set(folder, watcher)
    } catch {
      // A folder that is not there, or one too many for the system: looking on focus remains.
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
