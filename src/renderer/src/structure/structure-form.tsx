import { Button } from '@mantine/core'
import type { Operation } from '@shared/script/operation'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import { ScriptButtons } from '../edits/script-buttons'
import { useDialogs } from '../state/dialogs'
import { useSession } from '../state/session'
import { ErrorNote } from '../ui/states'
import classes from './structure.module.css'

interface StructureFormProps {
  children: ReactNode
  /** What the button that does it says. */
  submit: string
  danger?: boolean
  /** It cannot be done with what is filled in. */
  disabled?: boolean
  /** What the form would do, for "Copy as"; null while it is not filled in. */
  operation: Operation | null
  store?: string
  /** The form closes when it fulfils, and stays with the reason when it rejects. */
  onSubmit: () => Promise<void>
}

export const closeDialog = (): void => useDialogs.setState({ structure: null })

/** Fields, what went wrong, and the buttons below. */
export function StructureForm(props: StructureFormProps) {
  const { children, submit, danger = false, disabled = false, operation, store, onSubmit } = props
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const stores = useSession((s) => s.stores)
  const pathOf = (id = store): string => stores.find((one) => one.id === id)?.path ?? id ?? ''
  function run(event: SyntheticEvent): void {
    event.preventDefault()
    if (busy || disabled) return
    setBusy(true)
    setError(null)
    onSubmit().then(closeDialog, (thrown: unknown) => {
      setError(thrown)
      setBusy(false)
    })
  }
  return (
    <form className={classes['form']} onSubmit={run}>
      {children}
      {error !== null && <ErrorNote error={error} compact />}
      <div className={classes['foot']}>
        {operation && <ScriptButtons operation={operation} storePath={pathOf} />}
        <span className={classes['spring']} />
        <Button variant="default" data-autofocus={danger || undefined} onClick={closeDialog}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={disabled} {...(danger ? { color: 'red' } : {})}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
