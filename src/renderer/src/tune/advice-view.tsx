import { Button, UnstyledButton } from '@mantine/core'
import type { Advice, AdviceReport } from '@shared/model/trials'
import { IconBulb, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Cancelled, ErrorNote, Loading } from '../ui/states'
import classes from './tune.module.css'

type Act = 'try' | 'convert' | 'show'

/** The findings as a list that folds; each has its evidence and what can be tried. */
export function AdviceView({
  status,
  report,
  error,
  open,
  onOpen,
  onRetry,
  onCancel,
  onAct,
}: {
  status: 'loading' | 'done' | 'error' | 'cancelled'
  report: AdviceReport | null
  error: unknown
  /** Null: open where there is something to say. */
  open: boolean | null
  onOpen: (open: boolean) => void
  onRetry: () => void
  onCancel: () => void
  onAct: (advice: Advice, act: Act) => void
}) {
  const count = report?.advice.length ?? 0
  const shown = count > 0 && (open ?? true)
  const Chevron = shown ? IconChevronDown : IconChevronRight
  return (
    <section className={classes['advice']} aria-label="Advice">
      <div className={classes['adviceHead']}>
        {count > 0 ? (
          <UnstyledButton
            aria-expanded={shown}
            className={classes['fold'] ?? ''}
            onClick={() => onOpen(!shown)}
          >
            <Chevron size={14} aria-hidden />
            <h2>Advice</h2>
            <span className={classes['dim']}>
              {count} finding{count === 1 ? '' : 's'}
            </span>
          </UnstyledButton>
        ) : (
          <h2>Advice</h2>
        )}
        {status === 'done' && report && count === 0 && (
          <span className={classes['dim']}>{nothing(report)}</span>
        )}
      </div>
      {status === 'loading' && !report && (
        <Loading what="Looking at a sample of chunks" onCancel={onCancel} />
      )}
      {status === 'cancelled' && <Cancelled what="Looking at the array" onRetry={onRetry} />}
      {status === 'error' && <ErrorNote error={error} onRetry={onRetry} compact />}
      {shown && (
        <ul className={classes['findings']}>
          {report?.advice.map((advice) => (
            <li key={advice.id}>
              <IconBulb size={15} className={classes['bulb']} aria-hidden />
              <p className={classes['finding']}>
                <strong>{advice.title}.</strong> {advice.evidence}
              </p>
              <div className={classes['findingActs']}>
                {actsOf(advice).map(([act, label]) => (
                  <Button
                    key={act}
                    size="compact-xs"
                    variant="default"
                    aria-label={`${label}: ${advice.title}`}
                    onClick={() => onAct(advice, act)}
                  >
                    {label}
                  </Button>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const nothing = ({ sample }: AdviceReport): string =>
  sample.coords.length === 0
    ? (sample.notes[0] ?? 'There is nothing to look at.')
    : 'This array is stored well as far as a sample of its chunks tells.'

function actsOf({ action }: Advice): [Act, string][] {
  switch (action.kind) {
    case 'codec':
    case 'chunks':
      return [['try', 'Try it']]
    case 'dtype':
      return [
        ...(action.spec === undefined ? [] : [['try', 'Try it'] as [Act, string]]),
        ['convert', 'Convert…'],
      ]
    case 'prune':
      return [['show', 'Show chunks']]
  }
}
