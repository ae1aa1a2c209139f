import { Popover } from '@mantine/core'
import {
  type KeyboardEvent,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import classes from './editor.module.css'

/** Where the focus goes after a value is taken. */
export type Leaving = 'down' | 'up' | 'right' | 'left' | 'stay' | 'all'

interface Props {
  label: string
  initial: string
  multiline: boolean
  alignRight: boolean
  /** What stands below the editor: the reason of a refusal, or something worth knowing. */
  error: string | null
  hint: string | null
  onText: (text: string) => void
  onCommit: (text: string, leaving: Leaving) => void
  onCancel: () => void
  /** Brings the focus back. */
  handle: Ref<{ focus: () => void }>
  /** The focus went elsewhere. */
  onBlur: () => void
}

/**
 * The editor inside of a cell. Enter and Tab take the value and move on, Shift reverses them, Ctrl+Enter gives it to the
 * whole selection, Alt+Enter breaks the line where there may be several, Escape gives up.
 */
export function CellEditor(props: Props) {
  const { label, initial, multiline, alignRight, error, hint } = props
  const id = useId()
  const [text, setText] = useState(initial)
  const field = useRef<HTMLTextAreaElement>(null)
  const [isFocused, setFocused] = useState(false)
  useImperativeHandle(props.handle, () => ({ focus: () => field.current?.focus() }))
  // Before the key that started the editor has its effect: a composition begins in here.
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [])
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])

  const change = (next: string) => {
    setText(next)
    props.onText(next)
  }
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const { key, shiftKey } = event
    if (key === 'Escape') props.onCancel()
    else if (key === 'Tab') props.onCommit(text, shiftKey ? 'left' : 'right')
    else if (key === 'Enter' && event.altKey && multiline) return insertBreak(event.currentTarget, change)
    else if (key === 'Enter') {
      const leaving = event.ctrlKey || event.metaKey ? 'all' : shiftKey ? 'up' : 'down'
      props.onCommit(text, leaving)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const lines = text.split('\n')
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0)
  return (
    <Popover
      opened={isFocused && (error !== null || hint !== null)}
      position={alignRight ? 'bottom-end' : 'bottom-start'}
      offset={2}
      trapFocus={false}
      returnFocus={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withinPortal
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <textarea
          ref={field}
          role="textbox"
          rows={1}
          aria-label={label}
          aria-multiline={multiline}
          aria-invalid={error !== null}
          aria-describedby={error !== null || hint !== null ? `${id}-note` : undefined}
          spellCheck={false}
          autoComplete="off"
          className={classes['field']}
          data-right={alignRight || undefined}
          data-invalid={error !== null || undefined}
          style={{ width: `calc(${Math.min(60, longest + 2)}ch + 16px)` }}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={keyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            props.onBlur()
          }}
          onPointerDown={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes['note']} data-error={error !== null || undefined}>
        <div id={`${id}-note`} role={error === null ? 'note' : 'alert'}>
          {error ?? hint}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** In the element first: React then finds the same text there, and leaves the caret behind the break. */
function insertBreak(element: HTMLTextAreaElement, change: (text: string) => void): void {
  element.setRangeText('\n', element.selectionStart, element.selectionEnd, 'end')
  change(element.value)
}
