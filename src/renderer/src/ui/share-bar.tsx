import { formatCount } from './format'
import classes from './ui.module.css'

/** A part of a whole as a bar; the numbers stand beside it in the text. */
export function ShareBar({ part, whole, label }: { part: number; whole: number; label: string }) {
  const percent = whole > 0 ? (100 * part) / whole : 0
  return (
    <div
      className={classes['bar']}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={whole}
      aria-valuenow={part}
      aria-valuetext={`${formatCount(part)} of ${formatCount(whole)}`}
    >
      <div className={classes['fill']} style={{ width: `${percent}%` }} data-some={part > 0 || undefined} />
    </div>
  )
}
