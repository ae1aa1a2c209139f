import type { JobInfo, JobSpec, NodeRef } from '@shared/model/jobs'
import type { Sessions } from '../sessions'
import type { Place } from './prepared-job'

/** The same job with its stores named otherwise. */
export function withStores(spec: JobSpec, rename: (store: string) => string): JobSpec {
  const named = (ref: unknown): unknown =>
    typeof ref === 'object' && ref !== null && 'store' in ref && typeof ref.store === 'string'
      ? { ...ref, store: rename(ref.store) }
      : ref
  return Object.fromEntries(
    Object.entries(spec).map(([name, part]) => [name, named(part)]),
  ) as unknown as JobSpec
}

/** What can be opened, in the words of one window; null where it has no way to it. */
export function resultIn(place: Place | undefined, sessions: Sessions): JobInfo['result'] {
  if (!place) return null
  const { storePath, ticket, path } = place
  const store = storePath === undefined ? undefined : sessions.idOf(storePath)
  if (store !== undefined) return { store, path } satisfies NodeRef
  return ticket === undefined ? null : { ticket, path }
}
