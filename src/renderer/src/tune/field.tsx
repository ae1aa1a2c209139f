import type { ReactNode } from 'react'
import classes from './tune.module.css'

/** A small control with its name in front of it; the control itself carries the accessible name. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={classes['field']}>
      <span className={classes['fieldLabel']} aria-hidden>
        {label}
      </span>
      {children}
    </span>
  )
}
