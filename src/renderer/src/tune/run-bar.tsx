import { Button } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { formatCount } from '../ui/format'
import classes from './tune.module.css'
import type { Running } from './tune-state'

/** Run, or how far it is and Cancel. */
export function RunBar({
  what,
  run,
  waiting,
  measured,
  why,
  onRun,
  onCancel,
}: {
  what: string
  run: Running | null
  /** Candidates that are not measured yet. */
  waiting: number
  measured: number
  /** Why nothing can be run. */
  why: string | undefined
  onRun: () => void
  onCancel: () => void
}) {
  const words = run
    ? `${formatCount(run.done)} of ${formatCount(run.total)} measured`
    : (why ?? stateWords(waiting, measured))
  return (
    <div className={classes['runEnd']}>
      <span role="status" className={classes['dim']}>
        {words}
      </span>
      {run ? (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          aria-label={`Cancel ${what}`}
          onClick={onCancel}
        >
          Cancel
        </Button>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          disabled={why !== undefined || waiting === 0}
          aria-label={`Run ${what}`}
          onClick={onRun}
        >
          Run
        </Button>
      )}
    </div>
  )
}

function stateWords(waiting: number, measured: number): string {
  if (waiting === 0) return 'all measured'
  return measured === 0 ? `about ${formatCount(waiting)} s` : `${formatCount(waiting)} more to measure`
}
