import { isAborted, toErrorBody, UsageError, ZarrscopeError } from '@shared/errors'
import type { JobInfo, JobSpec } from '@shared/model/jobs'
import type { ZarrArray } from '@engine/nodes/array'
import { itemsBytes, partOf } from '@engine/nodes/copying/copy-control'
import { rewriteArray } from '@engine/nodes/copying/rewrite-array'
import { isLossy } from '@engine/nodes/copying/rounding'
import { openNode } from '@engine/nodes/open'
import { countStorage } from '@engine/stats/count-storage'
import type { WritableStore } from '@engine/stores/store'
import { copyControl } from './copy-control'
import type { JobStores } from './job-stores'
import { layoutOptions } from './layout'
import { NOTHING_CHANGED, type JobControl, type Outcome, type PreparedJob } from './prepared-job'
import { planRewrite, type RewritePlan } from './rewrite-plan'
import { bytesText, counted, shown } from './words'

type RewriteSpec = Extract<JobSpec, { kind: 'rewrite' }>
type ArrayOutcome = NonNullable<JobInfo['arrays']>[number]

/** Arrays that are told one by one. */
const MAX_TOLD = 1000

/**
 * Another layout in place: each array is written beside itself, read back, and exchanged with the old one. Of a group,
 * an array that cannot take the layout, or fails on the way, is kept as it is, and the others go on.
 */
export async function prepareRewrite(spec: RewriteSpec, stores: JobStores): Promise<PreparedJob> {
  const { source, layout } = spec
  if (Object.values(layout).every((value) => value === undefined))
    throw new UsageError('Say what is to change, such as the chunks or the compressor.')
  const { at, node } = await stores.node(source)
  await at.checkWritable(source.path)
  const plan = await planRewrite(node, spec)
  const isGroup = node.kind === 'group'
  const rewrite = new Rewrite(spec, plan, stores)
  const what = isGroup
    ? `${counted(plan.arrays.length, 'array')} below ${shown(source.path)}`
    : shown(source.path)
  return {
    label: `Rewrite ${what}`,
    unit: 'bytes',
    run: async (control) => {
      const outcome = await at.write([source.path], (store) => rewrite.run(store, control, isGroup))
      return { ...outcome, place: at.place(source.path) }
    },
    left: () =>
      // An archive takes all changes or none.
      rewrite.rewritten === 0 || at.base.kind === 'zip'
        ? NOTHING_CHANGED
        : `${counted(rewrite.rewritten, 'array')} had been rewritten by then; the others are as they were.`,
    close: () => stores.close(),
  }
}

class Rewrite {
  rewritten = 0
  private readonly spec: RewriteSpec
  private readonly plan: RewritePlan
  private readonly stores: JobStores
  private readonly told: ArrayOutcome[]
  private firstFailure: unknown
  private failed = 0
  private bytes = 0
  private rounds = false

  constructor(spec: RewriteSpec, plan: RewritePlan, stores: JobStores) {
    this.spec = spec
    this.plan = plan
    this.stores = stores
    this.told = plan.kept.map(({ path, why }) => ({ path, outcome: 'kept', message: why }))
  }

  /** Throws AbortedError, and what failed where no array was rewritten. */
  async run(store: WritableStore, control: JobControl, isGroup: boolean): Promise<Outcome> {
    const { arrays } = this.plan
    const total = arrays.reduce((n, array) => n + itemsBytes(array), 0)
    const copied = copyControl(control)
    let before = 0
    for (const array of arrays) {
      const part = { before, weight: itemsBytes(array), total, bytes: this.bytes }
      try {
        await this.one(store, array, partOf(copied, part))
      } catch (error) {
        if (isAborted(error) || control.signal.aborted || !(error instanceof ZarrscopeError)) throw error
        this.firstFailure ??= error
        this.failed++
        this.told.push({ path: array.path, outcome: 'failed', message: toErrorBody(error).message })
      }
      before += part.weight
    }
    if (this.rewritten === 0 && this.failed > 0) throw this.firstFailure
    return { message: this.words(), ...(isGroup && { arrays: this.told.sort(byPath).slice(0, MAX_TOLD) }) }
  }

  private async one(
    store: WritableStore,
    { path, shape, layout: present, metadata }: ZarrArray,
    control: ReturnType<typeof partOf>,
  ): Promise<void> {
    const { signal } = control
    const array = await openNode(store, path, this.stores.nodes, { format: metadata.zarrFormat })
    if (array.kind !== 'array') return
    const old = await countStorage(array, { signal })
    const asked = layoutOptions(this.spec.layout, { shape, chunks: present.chunks })
    const made = await rewriteArray(array, asked, control)
    const now = await countStorage(made.array)
    this.rewritten++
    this.bytes += now.nbytesStored
    this.rounds ||= isLossy(made.array.metadata)
    const message = `${bytesText(old.nbytesStored)} before, ${bytesText(now.nbytesStored)} now.`
    this.told.push({ path, outcome: 'rewritten', message })
  }

  private words(): string {
    const { kept } = this.plan
    const equal = this.rounds ? 'compared: nothing differs by more than its filters round' : 'found equal'
    return [
      `Rewrote ${counted(this.rewritten, 'array')}, ${bytesText(this.bytes)} stored now, read back and ${equal}.`,
      ...(kept.length > 0 ? [`${counted(kept.length, 'array')} kept as before.`] : []),
      ...(this.failed > 0
        ? [`${counted(this.failed, 'array')} failed and ${this.failed === 1 ? 'is' : 'are'} as before.`]
        : []),
    ].join(' ')
  }
}

const byPath = (a: ArrayOutcome, b: ArrayOutcome): number => (a.path < b.path ? -1 : 1)
