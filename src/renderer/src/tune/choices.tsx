import { Chip, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './tune.module.css'

export interface Choice {
  id: string
  label: string
  title?: string | undefined
  /** Why it cannot be chosen. */
  problem?: string | undefined
}

/** One dimension of the matrix: any number of options, each with its tick. */
export function Choices({
  label,
  options,
  chosen,
  onChange,
  children,
}: {
  label: string
  options: readonly Choice[]
  chosen: readonly string[]
  onChange: (ids: string[]) => void
  children?: ReactNode
}) {
  return (
    <div role="group" aria-label={label} className={classes['choices']}>
      <span className={classes['choicesLabel']} aria-hidden>
        {label}
      </span>
      <Group gap={4} className={classes['chips'] ?? ''}>
        <Chip.Group
          multiple
          value={chosen.filter((id) => options.some((option) => option.id === id && !option.problem))}
          onChange={(ids) => onChange(ids)}
        >
          {options.map(({ id, label: name, title, problem }) => (
            <Chip
              key={id}
              value={id}
              size="xs"
              radius={4}
              variant="outline"
              disabled={problem !== undefined}
              wrapperProps={{ title: problem ?? title }}
            >
              {name}
            </Chip>
          ))}
        </Chip.Group>
        {children}
      </Group>
    </div>
  )
}
