import { Popover, UnstyledButton } from '@mantine/core'
import { IconSubtask } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useConnection } from '../rpc/connection'
import { followHostJobs, openResult, stepHostJob, useHostJobs } from '../state/host-jobs'
import { useSession } from '../state/session'
import { openTab } from '../state/tabs'
import { JobRow, RunningJob } from './host-jobs-view'
import classes from './jobs.module.css'

/** The jobs of the host in the status bar, and the panel that lists them all. */
export function HostJobsContainer() {
  const generation = useConnection((s) => s.generation)
  useEffect(() => (generation === 0 ? undefined : followHostJobs()), [generation])
  const { jobs, open } = useHostJobs()
  const stores = useSession((s) => s.stores)
  const running = jobs.filter(({ endedAt }) => endedAt === null)
  if (jobs.length === 0) return null
  const setOpen = (to: boolean): void => useHostJobs.setState({ open: to })
  return (
    <>
      {running.slice(0, 2).map((job) => (
        <RunningJob key={job.id} job={job} onStep={(step) => stepHostJob(step, job.id)} />
      ))}
      <Popover
        opened={open}
        onChange={setOpen}
        position="top-start"
        width={520}
        shadow="md"
        trapFocus
        withRoles={false}
      >
        <Popover.Target>
          <UnstyledButton
            className={classes['panelButton'] ?? ''}
            aria-expanded={open}
            aria-haspopup="dialog"
            onClick={() => setOpen(!open)}
          >
            <IconSubtask size={12} aria-hidden />
            Jobs ({jobs.length})
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label="Jobs" className={classes['panel'] ?? ''}>
          <ul>
            {jobs.map((job) => (
              <JobRow
                key={job.id}
                job={job}
                storePath={(id) => stores.find((one) => one.id === id)?.path ?? id ?? ''}
                onStep={(step) => stepHostJob(step, job.id)}
                onOpen={() => openResult(job)}
                onNode={(path) => {
                  const { spec } = job
                  if (spec.kind === 'verify' || spec.kind === 'rewrite')
                    openTab(spec.source.store, path, { keep: true })
                  setOpen(false)
                }}
              />
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
    </>
  )
}
