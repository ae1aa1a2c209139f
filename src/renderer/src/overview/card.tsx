import type { ReactNode } from 'react'
import classes from './overview.module.css'

/** A titled box of the overview. */
export function Card({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes['card']} aria-label={title}>
      <div className={classes['cardHead']}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
