import type { JobInfo } from '@shared/model/jobs'
import type { Handlers } from '@shared/rpc/handlers'
import type { JobContext } from './jobs/job-context'
import type { JobList, ListedJob } from './jobs/job-list'
import { resultIn, withStores } from './jobs/spec-stores'
import type { Sessions } from './sessions'

type Method = Extract<keyof Handlers, `jobs.${string}`>

/** Jobs of a window; `list` may be shared with others, and outlives a page that is loaded anew. */
export function jobHandlers(list: JobList, context: JobContext): Pick<Handlers, Method> {
  const { sessions } = context
  return {
    'jobs.watch': (_input, { signal, progress }) => {
      const stop = list.watch((jobs) => progress(jobs.map((job) => told(job, sessions))))
      return new Promise((resolve) => {
        const end = (): void => {
          stop()
          resolve(null)
        }
        if (signal.aborted) end()
        else signal.addEventListener('abort', end, { once: true })
      })
    },
    'jobs.start': ({ job }) => list.start(job, context),
    'jobs.pause': ({ id }) => {
      list.get(id).pause()
      return null
    },
    'jobs.resume': ({ id }) => {
      list.get(id).resume()
      return null
    },
    'jobs.cancel': ({ id }) => {
      list.get(id).cancel()
      return null
    },
    'jobs.forget': ({ id }) => {
      list.forget(id)
      return null
    },
  }
}

/** A job in the words of one window: its stores by the ids that this window knows. */
function told({ place, ...info }: ListedJob, sessions: Sessions): JobInfo {
  const spec = withStores(info.spec, (storePath) => sessions.idOf(storePath) ?? storePath)
  return { ...info, spec, result: resultIn(place, sessions) }
}
