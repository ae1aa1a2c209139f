import { isAborted } from '@shared/errors'
import type { ArrayDetail } from '@shared/model/node'
import type { SampleRequest } from '@shared/model/trials'
import { call } from '../rpc/connection'
import { endJob, startJob, updateJob } from '../state/jobs'
import { missingCandidates, resultsKey, withResult } from './codec-results'
import type { TuneStore } from './tune-state'

interface Trial {
  store: string
  path: string
  array: ArrayDetail
  /** Candidate texts; the present setting is measured with them. */
  texts: readonly string[]
  sample: SampleRequest
}

/**
 * Measures the candidates that nothing is known about on this sample; rows appear in the state as they are measured. It
 * goes on while other views are looked at. A trial that was running gives way. Never rejects: what went wrong is in the
 * state.
 */
export async function runCodecs(tune: TuneStore, trial: Trial): Promise<void> {
  const { store, path, array, texts, sample } = trial
  tune.getState().codecRun?.cancel()
  const abort = new AbortController()
  const { signal } = abort
  const name = `Codec trials of /${path}`
  const running = { name, done: 0, total: texts.length, cancel: () => abort.abort() }
  const isCurrent = (): boolean => tune.getState().codecRun?.cancel === running.cancel
  const job = startJob({ name, cancel: () => stopCodecs(tune) })
  tune.setState({ codecRun: running, codecError: null })
  try {
    const key = resultsKey(await call('trials.sample', { store, path, sample }, { signal }), array)
    const missing = missingCandidates(texts, tune.getState().results[key] ?? {})
    if (missing.length === 0) return
    await call(
      'trials.codecs',
      { store, path, sample, candidates: missing },
      {
        signal,
        onProgress: (progress) => {
          if (progress.kind !== 'row' || signal.aborted) return
          const { row, done, total } = progress
          updateJob(job, done / total)
          tune.setState(({ results }) => ({
            results: withResult(results, key, missing[done - 1]!, row),
            ...(isCurrent() && { codecRun: { ...running, done, total } }),
          }))
        },
      },
    )
  } catch (error) {
    if (!isAborted(error) && isCurrent()) tune.setState({ codecError: error, following: false })
  } finally {
    endJob(job)
    if (isCurrent()) tune.setState({ codecRun: null })
  }
}

/** Ends the trial that runs; rows that were measured stay, and changes start no other one. */
export function stopCodecs(tune: TuneStore): void {
  tune.getState().codecRun?.cancel()
  tune.setState({ codecRun: null, following: false })
}
