import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Job } from '../state/jobs'
import classes from './jobs.module.css'

/** A job shows up only when it lasts: what is over at once must not flicker. */
const QUIET_MS = 400

/** The jobs that run, with progress and Cancel; the newest first, at most two, the rest as a number. */
export function JobsView({
  jobs,
  opening,
}: {
  jobs: readonly Job[]
  opening: { label: string; cancel: () => void } | null
}) {
  const lasting = useLasting(jobs)
  const shown = lasting.slice(0, 2)
  return (
    <div className={classes['jobs']}>
      {opening && <JobView name={`Open ${opening.label}`} cancel={opening.cancel} />}
      {shown.map((job) => (
        <JobView
          key={job.id}
          name={job.name}
          cancel={job.cancel}
          {...(job.done === undefined ? {} : { done: job.done })}
        />
      ))}
      {lasting.length > shown.length && <span>and {lasting.length - shown.length} more</span>}
    </div>
  )
}

function JobView({ name, done, cancel }: { name: string; done?: number; cancel: () => void }) {
  const percent = done === undefined ? undefined : Math.floor(done * 100)
  return (
    <span className={classes['job']}>
      <span className={classes['name']}>{name}</span>
      <span
        className={classes['bar']}
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-endless={percent === undefined || undefined}
      >
        <span className={classes['fill']} style={{ width: percent === undefined ? '30%' : `${percent}%` }} />
      </span>
      {percent !== undefined && <span className={classes['percent']}>{percent} %</span>}
      <ActionIcon size={16} color="gray" aria-label={`Cancel ${name}`} title="Cancel" onClick={cancel}>
        <IconX size={12} />
      </ActionIcon>
    </span>
  )
}

function useLasting(jobs: readonly Job[]): readonly Job[] {
  const [now, setNow] = useState(() => Date.now())
  const youngest = jobs.reduce((t, j) => Math.max(t, j.startedAt), 0)
  useEffect(() => {
    if (youngest === 0) return
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, youngest + QUIET_MS - Date.now()) + 1)
    return () => clearTimeout(timer)
  }, [youngest])
  return jobs.filter((j) => now - j.startedAt >= QUIET_MS).toReversed()
}
