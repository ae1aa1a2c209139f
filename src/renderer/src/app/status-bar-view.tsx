import { Button, Popover, UnstyledButton } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import { IconAlertTriangle, IconCircleCheck, IconLock, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { JobsView } from '../jobs/jobs-view'
import type { Job } from '../state/jobs'
import type { Problem } from '../state/problems'
import { formatCount } from '../ui/format'
import classes from './app.module.css'

const KINDS: Record<StoreInfo['kind'], string> = {
  directory: 'directory store',
  zip: 'zip store',
  memory: 'memory store',
  map: 'map store',
  http: 'http store',
}

/** The bar below everything: connection, what is staged and running, problems, and the store in front. */
export function StatusBarView(props: {
  connection: 'connecting' | 'ready' | 'lost'
  /** What is staged, at the left end. */
  edits: ReactNode
  opening: { label: string; cancel: () => void } | null
  jobs: Job[]
  /** Of the host: they go on without this window. */
  hostJobs: ReactNode
  problems: Problem[]
  onProblem: (problem: Problem) => void
  onClearProblems: () => void
  workers: number | null
  store: { kind: StoreInfo['kind']; readOnly: boolean; frozen: string | null } | null
}) {
  return (
    <>
      <span
        role="status"
        aria-label="Connection"
        className={classes['statusItem']}
        data-connection={props.connection}
      >
        <span className={classes['dot']} aria-hidden />
        {props.connection === 'ready'
          ? 'Ready'
          : props.connection === 'lost'
            ? 'Disconnected'
            : 'Connecting…'}
      </span>
      {props.edits}
      <JobsView jobs={props.jobs} opening={props.opening} />
      {props.hostJobs}
      <span className={classes['spring']} />
      <Problems problems={props.problems} onProblem={props.onProblem} onClear={props.onClearProblems} />
      <div className={classes['statusFacts']}>
        {props.store && (
          <>
            <span className={classes['statusItem']} title={props.store.frozen ?? undefined}>
              {props.store.readOnly ? (
                <IconLock size={12} aria-hidden />
              ) : (
                <IconPencil size={12} aria-hidden />
              )}
              {props.store.readOnly ? 'read-only' : 'read-write'}
            </span>
            <span className={classes['statusItem']}>{KINDS[props.store.kind]}</span>
          </>
        )}
        {props.workers !== null && (
          <span className={classes['statusItem']} title="Threads that decode chunks">
            {props.workers} {props.workers === 1 ? 'worker' : 'workers'}
          </span>
        )}
      </div>
    </>
  )
}

function Problems({
  problems,
  onProblem,
  onClear,
}: {
  problems: Problem[]
  onProblem: (problem: Problem) => void
  onClear: () => void
}) {
  const [opened, setOpened] = useState(false)
  const label =
    problems.length === 0
      ? 'No problems'
      : `${formatCount(problems.length)} ${problems.length === 1 ? 'problem' : 'problems'}`
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-end"
      width={420}
      shadow="md"
      trapFocus
      withRoles={false}
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes['statusButton'] ?? ''}
          data-alarm={problems.length > 0 || undefined}
          aria-expanded={opened}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
        >
          {problems.length > 0 ? (
            <IconAlertTriangle size={12} aria-hidden />
          ) : (
            <IconCircleCheck size={12} aria-hidden />
          )}
          {label}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Problems" className={classes['problems'] ?? ''}>
        <div className={classes['problemsHead']}>
          <strong>Problems</strong>
          <Button size="compact-xs" variant="subtle" disabled={problems.length === 0} onClick={onClear}>
            Clear
          </Button>
        </div>
        {problems.length === 0 && <p className={classes['dim']}>Nothing has gone wrong so far.</p>}
        <ul>
          {problems.map((problem) => (
            <li key={problem.id}>
              <UnstyledButton
                className={classes['problem'] ?? ''}
                disabled={!problem.node}
                onClick={() => {
                  onProblem(problem)
                  setOpened(false)
                }}
              >
                {problem.message}
                {problem.node && <span className={classes['dim']}> /{problem.node.path}</span>}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
