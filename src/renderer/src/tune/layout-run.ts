import { isAborted } from '@shared/errors'
import type { AccessPattern, LayoutTrial } from '@shared/model/trials'
import { call } from '../rpc/connection'
import { endJob, startJob, updateJob } from '../state/jobs'
import { formatShape } from '../ui/format'
import type { TuneStore } from './tune-state'

/** What a trial copy is made of. */
export interface LayoutRequest {
  chunks: number[]
  shards: number[] | null
  patterns: readonly AccessPattern[]
  /** Candidate text; absent: the array's own codecs. */
  codec?: string | undefined
  budgetBytes: number
}

/** Names a trial copy: equal requests need not be made again. */
export const trialKey = (request: LayoutRequest): string => JSON.stringify(request)

/** Copies kept at most; each is a few numbers. */
const KEPT = 200

/**
 * Makes trial copies one after another, so that none disturbs the times of the next, and keeps what they tell in the
 * state. Those that are known already are not made again. Never rejects: what went wrong is in the state.
 */
export async function runLayouts(
  tune: TuneStore,
  node: { store: string; path: string },
  requests: readonly LayoutRequest[],
): Promise<void> {
  tune.getState().layoutRun?.cancel()
  const abort = new AbortController()
  const cancel = (): void => abort.abort()
  const wanted = requests.filter((request) => !tune.getState().layoutTrials[trialKey(request)])
  const isCurrent = (): boolean => tune.getState().layoutRun?.cancel === cancel
  const name = `Trial copies of /${node.path}`
  const job = startJob({ name, cancel: () => stopLayouts(tune) })
  tune.setState({ layoutError: null })
  try {
    for (const [i, request] of wanted.entries()) {
      const key = trialKey(request)
      tune.setState({ layoutRun: { name, key, done: i, total: wanted.length, cancel } })
      const trial = await measure(node, request, abort.signal, (share) =>
        updateJob(job, (i + share) / wanted.length),
      )
      tune.setState(({ layoutTrials }) => ({
        layoutTrials: { ...Object.fromEntries(Object.entries(layoutTrials).slice(1 - KEPT)), [key]: trial },
      }))
      if (!isCurrent()) return
    }
  } catch (error) {
    if (!isAborted(error) && isCurrent()) {
      const [first] = wanted.filter((request) => trialKey(request) === tune.getState().layoutRun?.key)
      tune.setState({ layoutError: { of: first ? formatShape(first.chunks) : '', error } })
    }
  } finally {
    endJob(job)
    if (isCurrent()) tune.setState({ layoutRun: null })
  }
}

/** Ends the copies that are being made; what was measured stays. */
export function stopLayouts(tune: TuneStore): void {
  tune.getState().layoutRun?.cancel()
  tune.setState({ layoutRun: null })
}

const measure = (
  node: { store: string; path: string },
  { chunks, shards, patterns, codec, budgetBytes }: LayoutRequest,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<LayoutTrial> =>
  call(
    'trials.measureLayout',
    {
      ...node,
      chunks,
      shards,
      patterns: [...patterns],
      budgetBytes,
      ...(codec === undefined ? {} : { codec }),
    },
    { signal, onProgress: ({ done, total }) => onShare(done / total) },
  )
