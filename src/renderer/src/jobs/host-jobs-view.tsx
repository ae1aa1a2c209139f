import { ActionIcon, Button, UnstyledButton } from '@mantine/core'
import type { JobInfo } from '@shared/model/jobs'
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { ScriptButtons } from '../edits/script-buttons'
import { printable } from '../ui/format'
import { percentOf, progressText } from './job-words'
import classes from './jobs.module.css'

type Step = 'pause' | 'resume' | 'cancel' | 'forget'

/** A running job as a line of the status bar. */
export function RunningJob({ job, onStep }: { job: JobInfo; onStep: (step: Step) => void }) {
  return (
    <span className={classes['job']} title={progressText(job)}>
      <span className={classes['name']}>{printable(job.label)}</span>
      <Bar job={job} />
      <Steps job={job} onStep={onStep} />
    </span>
  )
}

/** One job of the host: what it does, how far it is, what came of it, and its steps. */
export function JobRow(props: {
  job: JobInfo
  storePath: (id?: string) => string
  onStep: (step: Step) => void
  onOpen: () => void
  /** A node that the result speaks of. */
  onNode: (path: string) => void
}) {
  const { job, onStep } = props
  const isOver = job.endedAt !== null
  return (
    <li className={classes['row']} data-state={job.state}>
      <div className={classes['rowHead']}>
        <strong className={classes['name']}>{printable(job.label)}</strong>
        <ScriptButtons operation={job.spec} storePath={props.storePath} />
        {job.result && (
          <Button size="compact-xs" variant="default" onClick={props.onOpen}>
            Open
          </Button>
        )}
        {isOver ? (
          <ActionIcon
            size={18}
            color="gray"
            aria-label={`Remove ${job.label}`}
            title="Remove from the list"
            onClick={() => onStep('forget')}
          >
            <IconX size={12} />
          </ActionIcon>
        ) : (
          <Steps job={job} onStep={onStep} />
        )}
      </div>
      {!isOver && <Bar job={job} />}
      <div className={classes['text']} role={job.state === 'failed' ? 'alert' : undefined}>
        {isOver ? printable(job.message ?? '') : progressText(job)}
      </div>
      {job.arrays && (
        <ul className={classes['problems']} aria-label="Arrays">
          {job.arrays.map(({ path, outcome, message }) => (
            <li key={path}>
              <UnstyledButton className={classes['problem'] ?? ''} onClick={() => props.onNode(path)}>
                /{printable(path)} <span data-outcome={outcome}>{outcome}</span>
                <span className={classes['text']}> {printable(message)}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {job.problems && job.problems.length > 0 && (
        <ul className={classes['problems']} aria-label="Problems found">
          {job.problems.map(({ node, key, kind, message }, i) => (
            <li key={i}>
              <UnstyledButton className={classes['problem'] ?? ''} onClick={() => props.onNode(node)}>
                <span className={classes['kind']}>{kind}</span> {printable(message)}
                <span className={classes['text']}> /{printable(key === '' ? node : key)}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Bar({ job }: { job: JobInfo }) {
  const percent = percentOf(job)
  return (
    <span
      className={classes['bar']}
      role="progressbar"
      aria-label={job.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={progressText(job)}
      data-endless={(percent === undefined && job.state === 'running') || undefined}
    >
      <span className={classes['fill']} style={{ width: percent === undefined ? '30%' : `${percent}%` }} />
    </span>
  )
}

function Steps({ job, onStep }: { job: JobInfo; onStep: (step: Step) => void }) {
  const isPaused = job.state === 'paused'
  return (
    <>
      <ActionIcon
        size={18}
        color="gray"
        aria-label={`${isPaused ? 'Resume' : 'Pause'} ${job.label}`}
        title={isPaused ? 'Resume' : 'Pause'}
        onClick={() => onStep(isPaused ? 'resume' : 'pause')}
      >
        {isPaused ? <IconPlayerPlay size={12} /> : <IconPlayerPause size={12} />}
      </ActionIcon>
      <ActionIcon
        size={18}
        color="gray"
        aria-label={`Cancel ${job.label}`}
        title="Cancel"
        onClick={() => onStep('cancel')}
      >
        <IconX size={12} />
      </ActionIcon>
    </>
  )
}
