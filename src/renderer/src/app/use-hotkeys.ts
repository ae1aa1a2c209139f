import { commandEntries, type CommandId } from '@shared/rpc/commands'
import { useEffect } from 'react'
import { allKeysOf, isKnown, runCommand } from './commands'
import { matchesKeys } from './keys'

export const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent)

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const TEXTUAL = new Set<CommandId>(['edit.copy', 'edit.selectAll', 'edit.undo', 'edit.redo'])

/**
 * In a text field, or where text is marked, these keys keep the meaning they have everywhere; the key of Paste always
 * does, because only so a page is given what is on the clipboard without being allowed to read it.
 */
function keepsItsMeaning(id: CommandId, target: EventTarget | null): boolean {
  if (id === 'edit.paste') return true
  const textual = TEXTUAL.has(id)
  const marked = id === 'edit.copy' && window.getSelection()?.isCollapsed === false
  return textual && (isField(target) || marked)
}

/** Runs the command of a key combination, unless a dialog is open or the place has used the key itself. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKeyDown = (e: KeyboardEvent): void => {
      if (e.defaultPrevented || e.isComposing) return
      const found = commandEntries().find(([id]) => allKeysOf(id).some((keys) => matchesKeys(keys, e, isMac)))
      if (!found || !isKnown(found[0]) || keepsItsMeaning(found[0], e.target)) return
      e.preventDefault()
      if (!document.querySelector('[role="dialog"][aria-modal="true"]')) runCommand(found[0])
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
