import { Button } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import classes from './tune.module.css'

/** What to take and why, in words. */
export function SuggestionView({ reason, onUse }: { reason: string; onUse: () => void }) {
  return (
    <section className={classes['suggestion']} aria-label="Suggestion">
      <IconBulb size={15} className={classes['bulb']} aria-hidden />
      <p>{reason}</p>
      <Button size="compact-xs" aria-label="Use the suggestion" onClick={onUse}>
        Use
      </Button>
    </section>
  )
}
