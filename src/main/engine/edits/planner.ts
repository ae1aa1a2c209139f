import { UsageError } from '@shared/errors'
import type { Edit, EditPreview } from '@shared/model/edits'
import type { CodecExecutor } from '../pool/executor'
import type { OverlayStore } from '../stores/overlay'
import { Draft } from './draft'
import { editInfo, withoutCells } from './edit-info'
import { planEdit } from './plan'
import type { PlanContext } from './plan-types'
import { checkNodeSize, previewEdit } from './preview'
import type { StagedKeys } from './staged-keys'
import { editData, type Transaction } from './transaction'

/** What an edit needs of whoever asks for it. */
export type EditOptions = Partial<Pick<PlanContext, 'openItems' | 'signal' | 'onProgress'>>

/** Turns intents into transactions, on a draft in front of the staged keys. */
export class Planner {
  /** The number that was given to the last edit. */
  lastId = 0
  private readonly keys: StagedKeys
  private readonly executor: CodecExecutor

  constructor(keys: StagedKeys, executor: CodecExecutor) {
    this.keys = keys
    this.executor = executor
  }

  /** What an edit would do. */
  preview(edit: Edit, options: EditOptions): Promise<EditPreview> {
    const { overlay } = this.keys
    return previewEdit(edit, this.context(options, overlay), overlay)
  }

  /** What an edit does to keys; nothing is staged. `front` stands for the staged keys. */
  async plan(
    edit: Edit,
    options: EditOptions,
    front: OverlayStore = this.keys.overlay,
  ): Promise<Transaction> {
    const context = this.context(options, front)
    await checkNodeSize(edit, context)
    const planned = await planEdit(edit, context)
    const changes = await context.draft.changes([edit.path])
    const { stamps } = this.keys
    for (const change of changes) if (stamps.has(change.key)) change.stamp = stamps.get(change.key)
    const id = ++this.lastId
    const info = editInfo(id, edit, planned, changes)
    return { id, edit: withoutCells(edit), ...editData(edit), info, changes, saved: 'none' }
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
}

const noFiles: PlanContext['openItems'] = () => {
  throw new UsageError('There is no file to read values from.')
}
