import classes from './app.module.css'
import { printKeys } from './keys'
import { isMac } from './use-hotkeys'

/** A shortcut in quiet letters. */
export function KeysText({ keys }: { keys: string | undefined }) {
  return keys === undefined ? null : <span className={classes['keys']}>{printKeys(keys, isMac)}</span>
}
