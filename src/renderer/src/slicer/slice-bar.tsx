import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { SelectionError } from '@shared/errors'
import type { ArrayDetail } from '@shared/model/node'
import { parseSelection } from '@shared/selection/parse'
import { basicDims, type SliceState, sliceState, sliceText } from '../table/slice-state'
import type { TableStore } from '../table/table-store'
import { completions } from './completions'
import classes from './slicer.module.css'

interface Props {
  array: ArrayDetail
  slice: SliceState
  store: TableStore
}

interface Problem {
  message: string
  position: number | undefined
}

/** The slice in NumPy syntax: Enter applies, ↑/↓ walk the history, dimension names complete, errors point at the character. */
export function SliceBar({ array, slice, store }: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [chosen, setChosen] = useState(0)
  const [caret, setCaret] = useState(0)
  const walked = useRef<number | null>(null)
  const { history, setSlice } = store()
  const current = sliceText(slice)
  const text = draft ?? current

  const names = array.dimensionNames ?? []
  const options = draft === null ? null : completions(text, caret, names)

  const edit = (value: string, at: number) => {
    setDraft(value)
    setCaret(at)
    setProblem(null)
    setChosen(0)
  }
  const apply = () => {
    try {
      const dims = basicDims(parseSelection(text, array.shape, names))
      if (!dims)
        throw new SelectionError(
          'The table shows slices and integers; lists of indices work in “zarrscope get”.',
        )
      setSlice(sliceState(array.shape, dims, slice), text)
      setDraft(null)
      setProblem(null)
      walked.current = null
    } catch (error) {
      if (!(error instanceof SelectionError)) throw error
      setProblem({ message: error.message, position: error.position })
    }
  }
  const complete = (name: string) => {
    if (!options) return
    const next = `${text.slice(0, options.from)}${name}=${text.slice(options.to)}`
    const at = options.from + name.length + 1
    edit(next, at)
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const walk = (by: number) => {
    const at = Math.max(0, Math.min((walked.current ?? history.length) + by, history.length))
    walked.current = at
    const typed = history[at] ?? current
    edit(typed, typed.length)
  }
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const names = options?.names ?? []
    const keys: Record<string, (() => void) | undefined> = {
      Enter: apply,
      Escape: () => {
        setDraft(null)
        setProblem(null)
        walked.current = null
      },
      Tab: names.length ? () => complete(names[chosen] ?? '') : undefined,
      ArrowUp: () => (names.length ? setChosen((chosen + names.length - 1) % names.length) : walk(-1)),
      ArrowDown: () => (names.length ? setChosen((chosen + 1) % names.length) : walk(1)),
    }
    const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className={classes['bar']}>
      <TextInput
        ref={input}
        size="xs"
        aria-label="Slice"
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        aria-controls={options ? `${id}-names` : undefined}
        spellCheck={false}
        autoComplete="off"
        leftSection={<span className={classes['bracket']}>[</span>}
        rightSection={<span className={classes['bracket']}>]</span>}
        classNames={{ input: classes['text'] }}
        value={text}
        onChange={(event) => edit(event.currentTarget.value, event.currentTarget.selectionStart ?? 0)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={keyDown}
        onBlur={() => {
          if (problem === null) setDraft(null)
        }}
      />
      {options && (
        <ul id={`${id}-names`} role="listbox" aria-label="Dimension names" className={classes['names']}>
          {options.names.map((name, i) => (
            <li
              key={name}
              role="option"
              aria-selected={i === chosen}
              onMouseDown={(event) => {
                event.preventDefault()
                complete(name)
              }}
            >
              {name}=
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <div id={`${id}-problem`} role="alert" className={classes['problem']}>
          {problem.position !== undefined && (
            <div aria-hidden className={classes['pointer']}>
              {' '.repeat(problem.position)}^
            </div>
          )}
          {problem.message}
        </div>
      )}
    </div>
  )
}
