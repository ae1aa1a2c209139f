import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import classes from './attributes.module.css'

/**
 * A field in the place of a value or a name. Enter takes the text if `check` has nothing against it, Esc and leaving
 * an unchanged field give up; leaving a changed one takes it where it is valid.
 */
export function InlineEditor({
  label,
  start,
  check,
  onTake,
  onGiveUp,
}: {
  label: string
  start: string
  /** What is wrong with a text, or a warning; null where all is well. */
  check: (text: string) => { error?: string; warning?: string } | null
  onTake: (text: string) => void
  onGiveUp: () => void
}) {
  const [text, setText] = useState(start)
  const found = check(text)
  const take = (): void => {
    if (found?.error !== undefined) return
    if (text === start) onGiveUp()
    else onTake(text)
  }
  function onKeyDown(e: KeyboardEvent): void {
    e.stopPropagation()
    if (e.key === 'Enter' && !e.nativeEvent.isComposing) take()
    else if (e.key === 'Escape') onGiveUp()
    else return
    e.preventDefault()
  }
  const message = found?.error ?? found?.warning
  return (
    <span className={classes['inline']}>
      <TextInput
        size="xs"
        aria-label={label}
        value={text}
        autoFocus
        error={found?.error !== undefined}
        onChange={(e) => setText(e.currentTarget.value)}
        onFocus={(e) => e.currentTarget.select()}
        onKeyDown={onKeyDown}
        onBlur={() => (text === start || found?.error !== undefined ? onGiveUp() : take())}
        classNames={{ input: classes['inlineInput'] ?? '' }}
      />
      {message !== undefined && (
        <span
          role={found?.error === undefined ? 'note' : 'alert'}
          className={classes['inlineMessage']}
          data-error={found?.error !== undefined || undefined}
        >
          {message}
        </span>
      )}
    </span>
  )
}
