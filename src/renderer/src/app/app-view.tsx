import type { ReactNode } from 'react'
import classes from './app.module.css'

/** Header, body, status bar: fixed rows, so that nothing moves when parts of them come and go. */
export function AppView({
  header,
  banner,
  body,
  statusBar,
}: {
  header: ReactNode
  banner: ReactNode
  body: ReactNode
  statusBar: ReactNode
}) {
  return (
    <div className={classes['app']}>
      <header className={classes['header']}>{header}</header>
      <div className={classes['banners']}>{banner}</div>
      <div className={classes['body']}>{body}</div>
      <footer className={classes['status']}>{statusBar}</footer>
    </div>
  )
}
