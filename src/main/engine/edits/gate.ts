import { ConflictError, ReadOnlyError, UsageError } from '@shared/errors'
import type { OverlayStore } from '../stores/overlay'
import type { Keeper } from './keeper'
import { related } from './revert'

/** Who may change what: nothing where editing is frozen, one process at a time, and no edit where a job writes. */
export class Gate {
  private readonly overlay: OverlayStore
  private readonly keeper: Keeper
  private readonly always: string | null
  private readonly busy = new Set<string>()

  /** `frozen` is why nothing can ever be edited here. */
  constructor(overlay: OverlayStore, keeper: Keeper, frozen: string | null) {
    this.overlay = overlay
    this.keeper = keeper
    this.always = frozen
  }

  /** Why nothing can be edited now; null where editing is possible. */
  get frozen(): string | null {
    return this.always ?? this.keeper.heldBy
  }

  /** Throws ReadOnlyError where nothing can be edited, UsageError where other work goes on at these paths. */
  async check(paths: readonly string[]): Promise<void> {
    if (this.always !== null) throw new ReadOnlyError(this.always)
    const isArchive = this.overlay.base.kind === 'zip'
    for (const path of this.busy)
      if (isArchive || paths.some((other) => related(path, other)))
        throw new UsageError(`A job is writing to "/${path}"; wait until it is done, or cancel it.`)
    if (!(await this.keeper.take())) throw new ReadOnlyError(this.keeper.heldBy ?? 'Another process edits.')
  }

  /** Keeps others away from these paths until the returned function is called. Throws as `check`, ConflictError. */
  async enter(paths: readonly string[]): Promise<() => void> {
    await this.check(paths)
    const staged = paths.find((path) => this.overlay.isStagedBelow(path))
    if (staged !== undefined)
      throw new ConflictError(staged, `"/${staged}" has staged edits; save or discard them first.`)
    for (const path of paths) this.busy.add(path)
    return () => {
      for (const path of paths) this.busy.delete(path)
    }
  }
}
