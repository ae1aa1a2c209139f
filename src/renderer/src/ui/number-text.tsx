import { formatBytes, formatCount } from './format'
import classes from './ui.module.css'

/** A count in tabular figures. */
export function NumberText({ value }: { value: number }) {
  return <span className={classes['number']}>{formatCount(value)}</span>
}

/** A size in tabular figures; the exact number of bytes shows on hover. */
export function Bytes({ value }: { value: number }) {
  return (
    <span className={classes['number']} title={`${formatCount(value)} bytes`}>
      {formatBytes(value)}
    </span>
  )
}
