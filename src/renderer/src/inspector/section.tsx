import type { ReactNode } from 'react'
import classes from './inspector.module.css'

/** A titled block of facts. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={classes['section']} aria-label={title}>
      <div className={classes['head']}>
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Names at the left, values right-aligned in tabular figures. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes['facts']}>{children}</dl>
}

/** `wrap` gives a long value as many lines as it needs. */
export function Fact({
  name,
  title,
  wrap = false,
  children,
}: {
  name: string
  title?: string
  wrap?: boolean
  children: ReactNode
}) {
  return (
    <div data-wrap={wrap || undefined}>
      <dt>{name}</dt>
      <dd title={title ?? (typeof children === 'string' ? children : undefined)}>{children}</dd>
    </div>
  )
}
