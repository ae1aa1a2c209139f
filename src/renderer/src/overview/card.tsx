import type { ReactNode } from 'react'
import classes from './overview.module.css'

/** A titled box of the overview; `grow` lets it fill its column. */
export function Card({
  title,
  aside,
  grow = false,
  children,
}: {
  title: string
  aside?: ReactNode
  grow?: boolean
  children: ReactNode
}) {
  return (
    <section className={classes['card']} aria-label={title} data-grow={grow || undefined}>
      <div className={classes['cardHead']}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
