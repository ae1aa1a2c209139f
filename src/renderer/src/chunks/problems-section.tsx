import { UnstyledButton } from '@mantine/core'
import type { ChunkProblem } from '@shared/model/chunk-map'
import { Section } from '../inspector/section'
import { formatCount, printable } from '../ui/format'
import classes from './chunks.module.css'

/** Rows that are shown; more would be a page of its own. */
const SHOWN = 100

/** Chunks that are known to be damaged; a click leads to them. */
export function ProblemsSection({
  problems,
  onSelect,
}: {
  problems: ChunkProblem[]
  onSelect: (coords: number[]) => void
}) {
  if (problems.length === 0) return null
  return (
    <Section
      title="Problems"
      aside={<span className={classes['quiet']}>{formatCount(problems.length)}</span>}
    >
      <ul className={classes['problems']}>
        {problems.slice(0, SHOWN).map(({ coords, message }) => (
          <li key={coords.join()}>
            <UnstyledButton className={classes['problem'] ?? ''} onClick={() => onSelect(coords)}>
              <span className={classes['problemChunk']}>({coords.join(', ')})</span> {printable(message)}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && (
        <div className={classes['quiet']}>{formatCount(problems.length - SHOWN)} more</div>
      )}
    </Section>
  )
}
