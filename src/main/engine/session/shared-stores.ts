import { constants } from 'node:fs'
import { access, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { journalFolder } from '../edits/recovery'
import { StoreEdits } from '../edits/store-edits'
import { IoError } from '@shared/errors'
import { errorCode } from '../files/io-error'
import { nodeFs } from '../files/node'
import type { CodecExecutor } from '../pool/executor'
import { removeArchivePartials } from '../stores/archive-partials'
import { DirectoryStore } from '../stores/directory'
import { openStore } from '../stores/open-store'
import { OverlayStore } from '../stores/overlay'
import { finishSave, savedWords, unfinishedWords } from '../stores/redo-journal'

/** One store as everybody in this process sees it who has it open for editing. */
export interface SharedStore {
  readonly store: OverlayStore
  readonly edits: StoreEdits
}

interface Entry {
  shared: Promise<SharedStore>
  users: number
}

/** Stores that are open for editing, one for each real path: all windows see the same staged edits. */
export class SharedStores {
  private readonly executor: CodecExecutor
  private readonly stateFolder: string | undefined
  private readonly open = new Map<string, Entry>()

  /** Staged edits are kept in `stateFolder`; without one they end with the process. */
  constructor(executor: CodecExecutor, stateFolder?: string) {
    this.executor = executor
    this.stateFolder = stateFolder
  }

  /**
   * Opens the store that a path leads into, or the one that is open already; `release` it once. Throws as `openStore`
   * does.
   */
  async acquire(
    path: string,
    options: { readOnly: boolean },
  ): Promise<SharedStore & { storePath: string; nodePath: string; release: () => Promise<void> }> {
    const { store, storePath, nodePath } = await openStore(path)
    const real = await realpath(storePath)
    let entry = this.open.get(real)
    if (entry) await store.close()
    else {
      entry = { shared: this.share(store, { storePath, real, ...options }), users: 0 }
      this.open.set(real, entry)
    }
    entry.users++
    const shared = await entry.shared.catch((error: unknown) => {
      this.open.delete(real)
      throw error
    })
    const release = async (): Promise<void> => {
      entry.users--
      // Staged edits outlive the window that made them, such as a page that is loaded anew.
      if (entry.users > 0 || shared.edits.isDirty) return
      this.open.delete(real)
      await closeShared(shared)
    }
    return { ...shared, storePath, nodePath, release }
  }

  /** Closes what nobody has open any more. */
  async close(): Promise<void> {
    const left = [...this.open.values()]
    this.open.clear()
    for (const { shared } of left) await closeShared(await shared)
  }

  private async share(
    opened: OverlayStore['base'],
    { storePath, real, readOnly }: { storePath: string; real: string; readOnly: boolean },
  ): Promise<SharedStore> {
    const isFolder = opened.kind === 'directory'
    const frozen = readOnly ? STARTED_READ_ONLY : await whyReadOnly(storePath, opened.kind)
    const base = frozen === null && isFolder ? new DirectoryStore(storePath, { flush: 'all' }) : opened
    if (frozen === null && !isFolder) await removeArchivePartials(nodeFs, storePath)
    const store = new OverlayStore(base, { readOnly: true })
    const edits = new StoreEdits({
      overlay: store,
      executor: this.executor,
      frozen,
      folder: this.stateFolder === undefined ? undefined : journalFolder(this.stateFolder, real),
      notice: isFolder ? await cutOffSave(real, frozen !== null) : undefined,
    })
    await edits.open()
    return { store, edits }
  }
}

/** Closes the journal of the edits before the store. */
async function closeShared({ store, edits }: SharedStore): Promise<void> {
  await edits.close()
  await store.close()
}

/** Finishes a Save that was cut off, where the store can be written; says what a person should know. */
async function cutOffSave(root: string, look: boolean): Promise<string | undefined> {
  try {
    const found = await finishSave(nodeFs, root, { look })
    return found && (look ? unfinishedWords(found) : savedWords(found))
  } catch (error) {
    if (!(error instanceof IoError)) throw error
    return `A Save of this store was cut off and could not be finished: ${error.message}`
  }
}

const STARTED_READ_ONLY = 'Zarrscope was started with --read-only: nothing can be changed.'

/** Why a store cannot be written; null where it can. An archive is replaced, so its folder counts. */
async function whyReadOnly(path: string, kind: OverlayStore['kind']): Promise<string | null> {
  const folder = kind === 'zip' ? dirname(path) : path
  try {
    await access(folder, constants.W_OK)
    return null
  } catch (thrown) {
    if (errorCode(thrown) === 'EROFS')
      return `The disk that holds ${path} is read-only: nothing can be changed.`
    return `You may not write to ${folder}: nothing can be changed. Ask its owner for permission, or copy the store.`
  }
}
