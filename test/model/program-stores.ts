import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DirectoryStore, MemoryStore, ZipStore, type Target } from '../../src/main/library'
import type { StoreKind } from './programs'

/** Where one program keeps its array. */
export interface ProgramStore {
  target: Target
  /** The same as somebody sees it who opens it anew; an archive is saved for it. */
  reopened(): Promise<Target>
  remove(): Promise<void>
}

let count = 0

export function programStore(kind: StoreKind, folder: string): ProgramStore {
  const path = join(folder, `${count++}.zarr`)
  const nothing = async (): Promise<void> => undefined
  if (kind === 'memory' || kind === 'map') {
    const target = kind === 'map' ? new Map<string, Uint8Array>() : new MemoryStore()
    return { target, reopened: async () => target, remove: nothing }
  }
  if (kind === 'directory') {
    const opened = (): DirectoryStore => new DirectoryStore(path, { flush: 'none' })
    const remove = async (): Promise<void> => rmSync(path, { recursive: true, force: true })
    return { target: opened(), reopened: async () => opened(), remove }
  }
  const archive = `${path}.zip`
  let store = new ZipStore(archive, { mode: 'w' })
  return {
    target: store,
    reopened: async () => {
      await store.close()
      store = new ZipStore(archive, { mode: 'a' })
      return store
    },
    remove: async () => {
      await store.discard()
      for (const name of [archive, `${archive}.zarrscope.bak`]) rmSync(name, { force: true })
    },
  }
}
