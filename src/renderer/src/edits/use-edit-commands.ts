import { useEffect } from 'react'
import { onCommand } from '../app/commands'
import { useConnection } from '../rpc/connection'
import { useDialogs } from '../state/dialogs'
import { editsOf, isStaging, useEdits } from '../state/edits'
import { useHostJobs } from '../state/host-jobs'
import { activeStore } from '../state/session'
import { saveAndTell, stepQuietly } from './edit-actions'

/** Save, Review, Discard, Undo and Redo for the store in front; and the question before the page goes. */
export function useEditCommands(): void {
  useEffect(() => {
    const id = (): string => activeStore()?.id ?? ''
    const state = () => editsOf(id())
    const some = (): boolean => (state()?.edits.length ?? 0) > 0 || isStaging(id())
    const dirty = (): boolean => some() || (state()?.keys ?? 0) > 0
    const off = [
      onCommand('file.save', () => void saveAndTell(id()), dirty),
      onCommand('file.review', () => useDialogs.setState({ review: id() }), some),
      onCommand('file.discard', () => useDialogs.setState({ discarding: id() }), dirty),
      onCommand(
        'edit.undo',
        () => void stepQuietly(id(), 'undo'),
        () => (state()?.undo ?? null) !== null || isStaging(id()),
      ),
      onCommand(
        'edit.redo',
        () => void stepQuietly(id(), 'redo'),
        () => (state()?.redo ?? null) !== null,
      ),
    ]
    return () => off.forEach((stop) => stop())
  }, [])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      const staged = Object.entries(useEdits.getState().byStore).some(
        ([store, { edits }]) => edits.length > 0 || isStaging(store),
      )
      // In a browser jobs go on without their page; in the desktop program they end with their window.
      const ends =
        useConnection.getState().host?.kind === 'electron' &&
        useHostJobs.getState().jobs.some(({ endedAt }) => endedAt === null)
      if (staged || ends) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}
