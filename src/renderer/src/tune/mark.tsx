import {
  IconAlertTriangle,
  IconBulb,
  IconCircleDot,
  IconDiamondFilled,
  IconPencil,
  type TablerIcon,
} from '@tabler/icons-react'
import classes from './tune.module.css'

export type MarkKind = 'present' | 'pareto' | 'suggested' | 'warning' | 'typed'

const MARKS: Record<MarkKind, { label: string; title: string; Icon: TablerIcon }> = {
  present: { label: 'present', title: 'What the array has now', Icon: IconCircleDot },
  pareto: {
    label: 'Pareto',
    title: 'No other candidate has both a better ratio and a faster decoder',
    Icon: IconDiamondFilled,
  },
  suggested: { label: 'suggested', title: 'What to take, see above', Icon: IconBulb },
  warning: { label: 'see note', title: '', Icon: IconAlertTriangle },
  typed: { label: 'typed', title: 'Typed by hand', Icon: IconPencil },
}

/** What a row is, by shape and word. */
export function Mark({ kind, title }: { kind: MarkKind; title?: string }) {
  const { label, title: usual, Icon } = MARKS[kind]
  return (
    <span className={classes['mark']} data-kind={kind} title={title ?? usual}>
      <Icon size={11} aria-hidden />
      {label}
    </span>
  )
}
