import type { ReactNode } from 'react'
import classes from './overview.module.css'

/** A titled box of the overview. `wide` spans both columns. */
export function Card({
  title,
  aside,
  wide = false,
  children,
}: {
  title: string
  aside?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  return (
    <section className={classes['card']} aria-label={title} data-wide={wide || undefined}>
      <div className={classes['cardHead']}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
