import { Button, NumberInput } from '@mantine/core'
import { IconPlayerStop, IconStopwatch } from '@tabler/icons-react'
import { formatCount } from '../ui/format'
import { ErrorNote } from '../ui/states'
import { Field } from './field'
import type { Running, TuneState } from './tune-state'
import classes from './tune.module.css'

/** Trial copies of the shapes in the table: how much of the array they take, and how far they are. */
export function MeasureBar({
  run,
  error,
  copyMiB,
  waiting,
  codecs,
  onCopyMiB,
  onMeasure,
  onCancel,
}: {
  run: Running | null
  error: TuneState['layoutError']
  copyMiB: number
  waiting: number
  /** The chosen setting, where it is not the array's own. */
  codecs: string | null
  onCopyMiB: (value: number) => void
  onMeasure: () => void
  onCancel: () => void
}) {
  return (
    <div>
      <div className={classes['runBar']}>
        {run ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={14} />}
            aria-label="Cancel trial copies"
            onClick={onCancel}
          >
            Cancel
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconStopwatch size={14} />}
            disabled={waiting === 0}
            aria-label="Measure all shapes"
            onClick={onMeasure}
          >
            Measure all
          </Button>
        )}
        <Field label="Trial copy of MiB">
          <NumberInput
            w={76}
            aria-label="Trial copy in MiB"
            min={1}
            max={1024}
            allowDecimal={false}
            value={copyMiB}
            onChange={(value) => {
              if (typeof value === 'number' && value >= 1 && value <= 1024) onCopyMiB(value)
            }}
          />
        </Field>
        <span role="status" className={classes['dim']}>
          {run
            ? `Copy ${formatCount(run.done + 1)} of ${formatCount(run.total)}…`
            : `Copies are made in memory, ${codecs === null ? 'with the codecs of the array' : `with ${codecs}`}; the store is only read.`}
        </span>
      </div>
      {error && (
        <ErrorNote error={error.error} compact>
          <span className={classes['dim']}>chunks {error.of}</span>
        </ErrorNote>
      )}
    </div>
  )
}
