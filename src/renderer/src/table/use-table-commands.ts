import { notifications } from '@mantine/notifications'
import { useEffect, useRef } from 'react'
import { onCommand } from '../app/commands'
import { frozenReason } from '../state/edits'

/** What the table does for the commands of the window. */
export interface TableActions {
  store: string
  copy: () => void
  paste: (text: string) => void
  selectAll: () => void
  clear: () => void
  fill: () => void
  find: () => void
  goTo: () => void
  step: (by: number) => void
  copyCommand: () => void
  copyPython: () => void
}

/** Says what the commands do while the table is on screen; the newest actions are always meant. */
export function useTableCommands(actions: TableActions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const canEdit = (): boolean => frozenReason(latest.current.store) === null
    const off = [
      onCommand('edit.copy', () => latest.current.copy()),
      onCommand('edit.paste', () => void pasteFromClipboard((text) => latest.current.paste(text)), canEdit),
      onCommand('edit.selectAll', () => latest.current.selectAll()),
      onCommand('edit.clear', () => latest.current.clear(), canEdit),
      onCommand('edit.fill', () => latest.current.fill(), canEdit),
      onCommand('edit.find', () => latest.current.find()),
      onCommand('edit.copyCommand', () => latest.current.copyCommand()),
      onCommand('edit.copyPython', () => latest.current.copyPython()),
      onCommand('array.goToIndex', () => latest.current.goTo()),
      onCommand('array.stepForward', () => latest.current.step(1)),
      onCommand('array.stepBack', () => latest.current.step(-1)),
    ]
    return () => off.forEach((stop) => stop())
  }, [])
}

/** For menus; the key comes with the text and needs no permission. */
async function pasteFromClipboard(paste: (text: string) => void): Promise<void> {
  try {
    paste(await navigator.clipboard.readText())
  } catch {
    const message = 'This page may not read the clipboard. Press the keys of Paste in the table instead.'
    notifications.show({ color: 'orange', message, autoClose: 8000 })
  }
}
