import { isAborted } from '@shared/errors'
import type { ChunkSurvey } from '@shared/model/chunk-map'
import { call } from '../rpc/connection'
import { invalidate } from '../rpc/requests'
import { endJob, startJob, updateJob } from '../state/jobs'
import { perNode } from '../state/per-node'
import { reportProblem } from '../state/problems'
import { formatCount } from '../ui/format'

export interface SurveyRun {
  /** What has been found while it runs; null while none runs. */
  progress: ChunkSurvey | null
  cancel: () => void
}

/** The survey of an array that is under way: it goes on when another view is shown. */
export const surveyRun = perNode<SurveyRun>(() => ({ progress: null, cancel: () => undefined }))

/** The map takes new colours this often while a survey runs. */
const REPAINT_MS = 1500

const NOTHING: ChunkSurvey = {
  total: 0,
  checked: 0,
  fillOnly: { chunks: 0, bytes: 0 },
  corrupt: { chunks: 0, bytes: 0 },
  problems: [],
  done: false,
}

/** Decodes the stored chunks of an array; what is found colours its map. Resolves with what was found, or null. */
export async function runSurvey(
  store: string,
  path: string,
  look: 'new' | 'again',
): Promise<ChunkSurvey | null> {
  const state = surveyRun(store, path)
  if (state.getState().progress) return null
  const abort = new AbortController()
  const cancel = (): void => abort.abort()
  const job = startJob({ name: look === 'again' ? `Verify /${path}` : `Look into /${path}`, cancel })
  state.setState({ progress: NOTHING, cancel })
  let painted = performance.now()
  try {
    const found = await call(
      'array.survey',
      { store, path, look },
      {
        signal: abort.signal,
        onProgress: (progress) => {
          state.setState({ progress })
          updateJob(job, progress.total > 0 ? progress.checked / progress.total : 0)
          if (performance.now() - painted < REPAINT_MS) return
          painted = performance.now()
          invalidate(store, [path], ['array.chunkMap'])
        },
      },
    )
    if (found.corrupt.chunks > 0) reportProblem({ message: damageOf(path, found) }, { store, path })
    return found
  } catch (error) {
    if (!isAborted(error)) reportProblem(error, { store, path })
    return null
  } finally {
    endJob(job)
    state.setState({ progress: null, cancel: () => undefined })
    invalidate(store, [path], ['array.chunkMap', 'array.survey'])
  }
}

function damageOf(path: string, { corrupt, problems }: ChunkSurvey): string {
  const chunks = corrupt.chunks === 1 ? '1 chunk' : `${formatCount(corrupt.chunks)} chunks`
  return `${chunks} of /${path} cannot be decoded, such as ${problems.at(-1)?.key ?? ''}; the Chunks view lists them.`
}
