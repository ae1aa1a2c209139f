import { ConflictError, ReadOnlyError, UsageError } from '@shared/errors'
import type { Edit, EditConflict, EditPreview, EditsState, StoreChange } from '@shared/model/edits'
import type { CodecExecutor } from '../pool/executor'
import type { OverlayStore } from '../stores/overlay'
import type { WritableStore } from '../stores/store'
import { commit, conflictOf, type CommitOptions, type Written } from './commit'
import { describeConflicts } from './conflicts'
import { writingTo } from './direct'
import { Draft } from './draft'
import { editInfo, takenBackInfo } from './edit-info'
import { Emitter } from './emitter'
import { History } from './history'
import { planEdit } from './plan'
import type { PlanContext } from './plan-types'
import { checkNodeSize, previewEdit } from './preview'
import { pathsOf, related, replanned } from './revert'
import { Serial } from './serial'
import { StagedKeys } from './staged-keys'
import { changedPaths, type KeyChange, type Transaction } from './transaction'

/** What an edit needs of whoever asks for it. */
export type EditOptions = Partial<Pick<PlanContext, 'openItems' | 'signal' | 'onProgress'>>

export interface StoreEditsOptions {
  /** In front of a store that can be written, or that is an archive. */
  overlay: OverlayStore
  executor: CodecExecutor
  /** Why nothing can be edited, in one sentence; null where editing is possible. */
  frozen: string | null
}

/**
 * The staged edits of one store, shared by everybody who has it open: what was done and undone, the keys that differ
 * from the store because of it, and the way to write them there. Everything that changes them happens one at a time.
 */
export class StoreEdits {
  /** Calls with the state now and after every change of it. */
  readonly states = new Emitter<EditsState>()
  /** What changes in the store as it is shown: by edits, by Save, by other programs. */
  readonly changes = new Emitter<StoreChange>()
  private readonly executor: CodecExecutor
  private readonly overlay: OverlayStore
  private readonly keys: StagedKeys
  private readonly history = new History()
  private readonly busy = new Set<string>()
  private readonly frozen: string | null
  private conflicts: EditConflict[] = []
  private saving = false
  private savedAt: number | null = null
  private version = 0
  private lastId = 0
  private readonly serial = new Serial()

  constructor({ overlay, executor, frozen }: StoreEditsOptions) {
    this.overlay = overlay
    this.keys = new StagedKeys(overlay)
    this.executor = executor
    this.frozen = frozen
  }

  get isFrozen(): boolean {
    return this.frozen !== null
  }

  /** Whether something would be lost if these edits were forgotten. */
  get isDirty(): boolean {
    return this.keys.size > 0
  }

  get state(): EditsState {
    const { staged, takenBack, done, undone } = this.history
    const paths = [...staged, ...takenBack].flatMap(({ changes }) => changedPaths(changes))
    return {
      version: this.version,
      edits: [...takenBack.map(takenBackInfo), ...staged.map(({ info }) => info)],
      undo: done.at(-1)?.info.label ?? null,
      redo: undone.at(-1)?.info.label ?? null,
      keys: this.keys.size,
      bytes: this.keys.bytes,
      paths: [...new Set(paths)].sort(),
      frozen: this.frozen,
      recovered: null,
      notice: null,
      conflicts: this.conflicts,
      saving: this.saving,
      savedAt: this.savedAt,
    }
  }

  /** What an edit would do; stages nothing. */
  preview(edit: Edit, options: EditOptions = {}): Promise<EditPreview> {
    return previewEdit(edit, this.context(options, this.overlay), this.overlay)
  }

  /** Stages an edit; all or nothing. Gives its id, also where it changed nothing. */
  apply(edit: Edit, options: EditOptions = {}): Promise<{ id: number }> {
    return this.serial.run(async () => {
      this.checkFree(pathsOf(edit))
      const transaction = await this.plan(edit, options, this.overlay)
      if (transaction.changes.length > 0) {
        this.history.add(transaction)
        this.stage(transaction.changes, 'after')
      }
      return { id: transaction.id }
    })
  }

  /** Takes the last edit back, also after it was saved. Throws ConflictError where somebody else changed its keys since. */
  undo(): Promise<void> {
    return this.serial.run(async () => {
      const { changes } = await this.takeable(this.history.done.at(-1), 'undo')
      this.history.undo()
      this.stage(changes, 'before')
    })
  }

  /** Does the edit that was undone last again; throws as `undo` does. */
  redo(): Promise<void> {
    return this.serial.run(async () => {
      const { changes } = await this.takeable(this.history.undone.at(-1), 'redo')
      this.history.redo()
      this.stage(changes, 'after')
    })
  }

  /** Takes one staged edit out, later ones stay. Throws ConflictError where later ones stand on it. */
  revert(id: number, options: EditOptions = {}): Promise<void> {
    return this.serial.run(async () => {
      const { done } = this.history
      if (this.history.undone.at(-1)?.id === id) {
        const { changes } = await this.takeable(this.history.undone.at(-1), 'redo')
        this.history.redo()
        return this.stage(changes, 'after')
      }
      const at = done.findIndex((one) => one.id === id && one.saved !== 'all')
      if (at < 0)
        throw new UsageError('This edit cannot be taken out alone: others came after it was undone.')
      this.checkFree(pathsOf(done[at]!.edit))
      const { states, rest } = await replanned(done.slice(at), this.overlay, (edit, front) =>
        this.plan(edit, options, front),
      )
      this.history.replace(at, rest)
      this.stage(states, 'after')
    })
  }

  /** Forgets what is staged. What a Save that failed had written by then is staged to be taken back. */
  discard(): Promise<void> {
    return this.serial.run(async () => {
      const { paths } = this.state
      for (const key of [...this.overlay.staged.keys()]) this.keys.drop(key)
      for (const { changes } of this.history.discard()) this.keys.stage(changes, 'before')
      this.conflicts = []
      this.tell({ by: 'edit', paths, whole: false, tree: true })
    })
  }

  /**
   * Writes what is staged. Throws ConflictError where another program changed a key, and then lists both sides in the
   * state; IoError where the disk refuses, and then keeps what was not written.
   */
  save(options: CommitOptions = {}): Promise<{ keys: number; bytes: number }> {
    return this.serial.run(async () => {
      const { keys, bytes, paths } = this.state
      if (keys === 0) return { keys, bytes }
      this.checkFree([])
      const changed = await this.findConflicts()
      if (changed.length > 0) throw conflictOf(changed)
      const written = new Map<string, Written>()
      this.saving = true
      this.report()
      try {
        await commit(this.keys, written, options)
        this.savedAt = Date.now()
      } finally {
        this.saving = false
        this.history.written(written)
        this.keys.written(written)
        if (this.keys.size === 0) this.history.saved()
        this.tell({ by: 'save', paths, whole: false, tree: false })
      }
      return { keys, bytes }
    })
  }

  /** Settles conflicts: `mine` will overwrite with the next Save, `theirs` drops what is staged for these keys. */
  resolve(keys: readonly string[], take: 'mine' | 'theirs'): Promise<void> {
    return this.serial.run(async () => {
      const settled = this.conflicts.filter(({ key }) => keys.includes(key))
      if (take === 'theirs') this.history.dropKeys(new Set(settled.map(({ key }) => key)))
      for (const { key } of settled) {
        if (take === 'mine') await this.keys.accept(key)
        else this.keys.drop(key)
      }
      this.conflicts = this.conflicts.filter((conflict) => !settled.includes(conflict))
      this.tell({ by: 'outside', paths: settled.map(({ path }) => path), whole: false, tree: true })
    })
  }

  /** Looks whether another program changed a staged key; the state lists those. */
  check(): Promise<void> {
    return this.serial.run(async () => {
      await this.findConflicts()
    })
  }

  /**
   * Hands over the store itself, past the staged edits, for work that writes to it at once. Refused where keys below
   * these paths are staged; no edit and no other such work is allowed there until it is over. What was read of the paths
   * is forgotten then, and windows read it anew. An archive is replaced when the work ends well.
   */
  async direct<T>(paths: readonly string[], work: (store: WritableStore) => Promise<T>): Promise<T> {
    await this.serial.run(async () => {
      this.checkFree(paths)
      const staged = paths.find((path) => this.overlay.isStagedBelow(path))
      if (staged !== undefined)
        throw new ConflictError(staged, `"/${staged}" has staged edits; save or discard them first.`)
      for (const path of paths) this.busy.add(path)
    })
    try {
      return await writingTo(this.overlay.base as WritableStore, work)
    } finally {
      for (const path of paths) this.busy.delete(path)
      this.announce({ by: 'save', paths: [...paths], whole: false, tree: true })
    }
  }

  /** The store's own contents were changed, past the staged edits: what was concluded from them is forgotten. */
  announce(change: StoreChange): void {
    this.overlay.forget()
    this.changes.emit(change)
  }

  private async plan(edit: Edit, options: EditOptions, front: OverlayStore): Promise<Transaction> {
    const context = this.context(options, front)
    await checkNodeSize(edit, context)
    const planned = await planEdit(edit, context)
    const changes = await context.draft.changes([edit.path])
    for (const change of changes)
      if (this.keys.stamps.has(change.key)) change.stamp = this.keys.stamps.get(change.key)
    const id = ++this.lastId
    return { id, edit, info: editInfo(id, edit, planned, changes), changes, saved: 'none' }
  }

  private context(options: EditOptions, front: OverlayStore): PlanContext {
    return {
      draft: new Draft(front),
      nodes: { executor: this.executor },
      openItems: options.openItems ?? noFiles,
      signal: options.signal ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => undefined),
    }
  }

  private async takeable(transaction: Transaction | undefined, what: string): Promise<Transaction> {
    if (!transaction) throw new UsageError(`There is nothing to ${what}.`)
    this.checkFree(pathsOf(transaction.edit))
    await this.keys.checkUnchanged(transaction.changes)
    return transaction
  }

  /** Throws ReadOnlyError where nothing can be edited, UsageError where other work goes on at these paths. */
  private checkFree(paths: readonly string[]): void {
    if (this.frozen !== null) throw new ReadOnlyError(this.frozen)
    const isArchive = this.overlay.base.kind === 'zip'
    for (const path of this.busy)
      if (isArchive || paths.some((other) => related(path, other)))
        throw new UsageError(`A job is writing to "/${path}"; wait until it is done, or cancel it.`)
  }

  private async findConflicts(): Promise<string[]> {
    const changed = await this.keys.changedOutside()
    if (changed.join('\n') !== this.conflicts.map(({ key }) => key).join('\n')) {
      this.conflicts = await describeConflicts(changed, this.overlay, { executor: this.executor })
      this.report()
    }
    return changed
  }

  private stage(changes: readonly KeyChange[], side: 'before' | 'after'): void {
    this.keys.stage(changes, side)
    const tree = changes.some(({ before, after }) => !before || !after)
    this.tell({ by: 'edit', paths: changedPaths(changes), whole: false, tree })
  }

  private tell(change: StoreChange): void {
    this.changes.emit(change)
    this.report()
  }

  private report(): void {
    this.version++
    this.states.emit(this.state)
  }
}

const noFiles: PlanContext['openItems'] = () => {
  throw new UsageError('There is no file to read values from.')
}
