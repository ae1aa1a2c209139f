import { ConflictError, UsageError } from '@shared/errors'
import type { Edit, EditPreview, EditsState, ShownConflict, StoreChange } from '@shared/model/edits'
import type { Fs } from '../files/fs'
import { nodeFs } from '../files/node'
import type { OverlayStore } from '../stores/overlay'
import type { RedoJournal } from '../stores/redo-journal'
import type { WritableStore } from '../stores/store'
import { changedAgain, commit, conflictOf } from './commit'
import { UNDO_BYTES, UNDO_LOST, type Committed } from './committed'
import { Conflicts } from './conflicts'
import { writingTo } from './direct'
import { editsState } from './edits-state'
import { Emitter } from './emitter'
import { Gate } from './gate'
import { Keeper } from './keeper'
import { Ledger } from './ledger'
import { Planner, type EditOptions } from './planner'
import { lastNumber } from './restore'
import { pathsOf, replanned } from './revert'
import { Serial } from './serial'
import { StagedKeys } from './staged-keys'
import type { StoreEditsOptions } from './store-edits-options'
import { changedPaths, changesTree, wholeEdit, type KeyChange, type Transaction } from './transaction'

export type { EditOptions, StoreEditsOptions }

/**
 * The staged edits of one store, shared by everybody who has it open: what was done and undone, the keys that differ
 * from the store because of it, and the way to write them there. Everything that changes them happens one at a time.
 */
export class StoreEdits {
  /** Calls with the state now and after every change of it. */
  readonly states = new Emitter<EditsState>()
  /** What changes in the store as it is shown: by edits, by Save, by other programs. */
  readonly changes = new Emitter<StoreChange>()
  private readonly overlay: OverlayStore
  private readonly fs: Fs
  private readonly keys: StagedKeys
  private readonly ledger: Ledger
  private readonly keeper: Keeper
  private readonly planner: Planner
  private readonly serial = new Serial()
  private readonly gate: Gate
  private readonly conflicts: Conflicts
  private readonly frozen: string | null
  private readonly undoBytes: number
  private readonly notice: string | undefined
  private unfinished: RedoJournal | undefined
  private undoLost: string | undefined
  private saving = false
  private version = 0

  constructor(options: StoreEditsOptions) {
    this.overlay = options.overlay
    this.frozen = options.frozen
    this.notice = options.notice
    this.fs = options.fs ?? nodeFs
    this.undoBytes = options.undoBytes ?? UNDO_BYTES
    this.keys = new StagedKeys(options.overlay)
    this.conflicts = new Conflicts(this.keys, { executor: options.executor })
    this.ledger = new Ledger(this.keys)
    this.keeper = new Keeper(this.ledger, this.fs, options.folder)
    this.gate = new Gate(options.overlay, this.keeper, options.frozen)
    this.planner = new Planner(this.keys, options.executor)
  }

  /** Brings back what an earlier run left staged, where nobody else is at it; says so alone where nothing can be edited. */
  async open(): Promise<void> {
    if (this.frozen !== null) return this.keeper.peek()
    await this.serial.run(async () => {
      await this.keeper.open()
      this.planner.lastId = lastNumber(this.ledger)
      await this.findConflicts()
    })
  }

  /** Lets go of the journal: of one with staged edits the next run will know. */
  async close(): Promise<void> {
    await this.serial.run(async () => {
      if (this.keys.size === 0) await this.dropUnfinished()
      await this.keeper.close()
    })
  }

  /** Whether something would be lost if these edits were forgotten. */
  get isDirty(): boolean {
    return this.keys.size > 0
  }

  get state(): EditsState {
    const { saving, version, keeper } = this
    return editsState(this.ledger, {
      version,
      conflicts: [...this.conflicts.list],
      saving,
      frozen: this.gate.frozen,
      recovered: keeper.recovered,
      notices: [this.notice, this.undoLost, keeper.kept, keeper.unsafe],
    })
  }

  /** A listed edit, whole; throws UsageError where there is none of this number any more. */
  async edit(id: number): Promise<Edit> {
    for (const transaction of this.ledger.history.all())
      if (transaction.id === id) return wholeEdit(transaction)
    throw new UsageError('This edit is not staged any more.')
  }

  /** What an edit would do; stages nothing. */
  preview(edit: Edit, options: EditOptions = {}): Promise<EditPreview> {
    return this.planner.preview(edit, options)
  }

  /** Stages an edit; all or nothing. Gives its id, also where it changed nothing. */
  apply(edit: Edit, options: EditOptions = {}): Promise<{ id: number }> {
    return this.changing(pathsOf(edit), async () => {
      const transaction = await this.planner.plan(edit, options)
      if (transaction.changes.length > 0) {
        this.ledger.add(transaction)
        this.tellChanges(transaction.changes, [transaction])
      }
      return { id: transaction.id }
    })
  }

  /** Takes the last edit back, also after it was saved. Throws ConflictError where somebody else changed its keys since. */
  undo(): Promise<void> {
    const last = (): Transaction | undefined => this.ledger.history.done.at(-1)
    return this.taking(last, 'undo', () => this.ledger.undo())
  }

  /** Does the edit that was undone last again; throws as `undo` does. */
  redo(): Promise<void> {
    const next = (): Transaction | undefined => this.ledger.history.undone.at(-1)
    return this.taking(next, 'redo', () => this.ledger.redo())
  }

  /** Takes one staged edit out, later ones stay. Throws ConflictError where later ones stand on it. */
  revert(id: number, options: EditOptions = {}): Promise<void> {
    const { done, undone } = this.ledger.history
    if (undone.at(-1)?.id === id) return this.redo()
    const at = done.findIndex((one) => one.id === id && one.saved !== 'all')
    return this.changing(at < 0 ? [] : pathsOf(done[at]!.edit), async () => {
      if (this.ledger.history.done[at]?.id !== id)
        throw new UsageError('This edit cannot be taken out alone: others came after it was undone.')
      const doomed = this.ledger.history.done[at]
      const { states, rest } = await replanned(
        this.ledger.history.done.slice(at),
        this.overlay,
        (edit, front) => this.planner.plan(edit, options, front),
      )
      this.ledger.replace(at, rest, states)
      this.tellChanges(states, [doomed, ...rest])
    })
  }

  /** Forgets what is staged. What a Save that failed had written by then is staged to be taken back. */
  discard(): Promise<void> {
    return this.changing([], async () => {
      const { paths } = this.state
      this.ledger.discard()
      this.conflicts.list = []
      this.keeper.recovered = null
      this.tell({ by: 'edit', paths, whole: false, tree: true })
    })
  }

  /**
   * Writes what is staged. Throws ConflictError where another program changed a key, and then lists both sides in the
   * state; IoError where the disk refuses, and then the edits are kept.
   */
  save(
    options: { onProgress?: (done: number, total: number) => void } = {},
  ): Promise<{ keys: number; bytes: number }> {
    return this.serial.run(async () => {
      const { keys, bytes, paths } = this.state
      if (keys === 0) return { keys, bytes }
      await this.gate.check([])
      const changed = await this.findConflicts()
      if (changed.length > 0) throw conflictOf(changed)
      const committed: Committed = { written: new Map(), restamped: new Map(), isFinal: false }
      const { fs, undoBytes } = this
      const { keep } = this.ledger
      this.saving = true
      this.report()
      try {
        await commit(this.keys, committed, { fs, undoBytes, keep, onProgress: options.onProgress })
        this.ledger.savedAt = Date.now()
        this.keeper.recovered = null
      } catch (error) {
        if (error instanceof ConflictError) await this.findConflicts()
        throw error
      } finally {
        this.saving = false
        if (this.ledger.settle(committed, undoBytes)) this.undoLost = UNDO_LOST
        this.unfinished = committed.unfinished
        await this.keeper.record()
        this.tell({ by: 'save', paths, whole: false, tree: false })
      }
      return { keys, bytes }
    })
  }

  /**
   * Settles conflicts: `mine` will overwrite with the next Save, `theirs` drops what is staged for these keys. Where the
   * store holds something else than was shown, the conflict stays and shows that. Throws ConflictError then.
   */
  async resolve(shown: readonly ShownConflict[], take: 'mine' | 'theirs'): Promise<void> {
    const stale = await this.changing([], async () => {
      const { settled, stale } = await this.conflicts.settle(shown)
      if (take === 'theirs') this.ledger.dropped(settled.map(({ key }) => key))
      else for (const { key, stamp } of settled) this.keys.accept(key, stamp)
      const paths = settled.map(({ path }) => path)
      if (paths.length > 0) this.tell({ by: 'outside', paths, whole: false, tree: true })
      return stale
    })
    if (stale.length > 0) throw changedAgain(stale)
  }

  /** Looks whether another program changed a staged key, or stages edits itself; the state tells. */
  check(): Promise<void> {
    return this.serial.run(async () => {
      if (this.frozen === null && (await this.keeper.look())) this.report()
      await this.findConflicts()
    })
  }

  /**
   * Hands over the store itself, past the staged edits, for work that writes to it at once. Refused where keys below
   * these paths are staged; no edit and no other such work is allowed there until it is over. What was read of the paths
   * is forgotten then, and windows read it anew. An archive is replaced when the work ends well.
   */
  async direct<T>(paths: readonly string[], work: (store: WritableStore) => Promise<T>): Promise<T> {
    const leave = await this.serial.run(() => this.gate.enter(paths))
    try {
      return await writingTo(this.overlay.base as WritableStore, work)
    } finally {
      leave()
      await this.keeper.rest()
      this.announce({ by: 'save', paths: [...paths], whole: false, tree: true })
    }
  }

  /** The store's own contents were changed, past the staged edits: what was concluded from them is forgotten. */
  announce(change: StoreChange): void {
    this.overlay.forget()
    this.changes.emit(change)
  }

  /** Runs a change of what is staged, and keeps it in the journal. */
  private changing<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.serial.run(async () => {
      const { frozen } = this.gate
      await this.gate.check(paths).finally(() => frozen !== this.gate.frozen && this.report())
      const result = await work()
      await this.keeper.record()
      if (this.conflicts.list.length > 0) await this.findConflicts()
      await this.dropUnfinished()
      return result
    })
  }

  /** Whoever opens the store next must not finish a Save that was given up. */
  private async dropUnfinished(): Promise<void> {
    await this.unfinished?.remove().catch(() => undefined)
    this.unfinished = undefined
  }

  private taking(find: () => Transaction | undefined, what: string, take: () => void): Promise<void> {
    return this.changing(find() ? pathsOf(find()!.edit) : [], async () => {
      const transaction = find()
      if (!transaction) throw new UsageError(`There is nothing to ${what}.`)
      await this.keys.checkUnchanged(transaction.changes)
      take()
      this.tellChanges(transaction.changes, [transaction])
    })
  }

  private async findConflicts(): Promise<string[]> {
    const { changed, isNew } = await this.conflicts.find()
    if (isNew) this.report()
    return changed
  }

  private tellChanges(changes: readonly KeyChange[], edits: readonly Transaction[]): void {
    const tree = edits.some(({ edit }) => changesTree(edit))
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
