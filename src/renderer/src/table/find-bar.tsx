import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { ExpressionError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Edit } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { applyEdit, frozenReason } from '../state/edits'
import { messageOf } from '../state/problems'
import { formatCount } from '../ui/format'
import { ToolButton } from '../ui/tool-button'
import classes from './find.module.css'
import { conditionOf, find, replacementOf } from './find-state'
import { refuseFrozen } from './use-cell-editing'

export type FindScope = 'slice' | 'selection' | 'array'

interface Props {
  store: string
  path: string
  dtype: DataTypeSpec
  rank: number
  dimensionNames: readonly (string | null)[] | null
  /** The regions that can be searched; the selection only where it has several cells. */
  regions: Record<FindScope, DimSlice[] | null>
  /** Array index of the focused cell. */
  from: number[]
  onFound: (index: number[]) => void
  onClose: () => void
}

const SCOPES: Record<FindScope, string> = {
  slice: 'This slice',
  selection: 'Selection',
  array: 'Whole array',
}

/** Finds cells by a condition, one after the other, and gives them other values. */
export function FindBar(props: Props) {
  const { store, path, dtype, rank, dimensionNames, regions, from, onFound, onClose } = props
  const id = useId()
  const [text, setText] = useState('')
  const [replacement, setReplacement] = useState('')
  const [wanted, setScope] = useState<FindScope>(regions.selection ? 'selection' : 'slice')
  const [note, setNote] = useState<{ text: string; isError: boolean; position?: number | undefined } | null>(
    null,
  )
  const running = useRef<AbortController | null>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
    return () => running.current?.abort()
  }, [])

  const scope = regions[wanted] ? wanted : 'slice'
  const dims = regions[scope] ?? []
  const where = conditionOf(text, { dtype, rank, names: dimensionNames })
  const fail = (error: unknown): void =>
    setNote({
      text: messageOf(error),
      isError: true,
      position: error instanceof ExpressionError && where === text ? error.position : undefined,
    })

  const search = async (direction: 'next' | 'previous'): Promise<void> => {
    running.current?.abort()
    const abort = new AbortController()
    running.current = abort
    setBusy(true)
    setNote(null)
    try {
      const start = dims.every((dim, k) => isOn(dim, from[k])) ? from : null
      const found = await find({ store, path, dims, where, from: start, direction }, abort)
      if (running.current !== abort) return
      if (!found) return setNote({ text: 'The search was cancelled.', isError: false })
      if (found.index) onFound(found.index)
      setNote(noteOf(found))
    } catch (error) {
      if (running.current === abort) fail(error)
    } finally {
      if (running.current === abort) setBusy(false)
    }
  }
  const replace = async (region: DimSlice[]): Promise<boolean> => {
    if (refuseFrozen(store)) return false
    const edit: Edit = { kind: 'replace', path, dims: region, where, fill: replacementOf(replacement) }
    setBusy(true)
    try {
      await applyEdit(store, edit, { label: 'Replace' })
      return true
    } catch (error) {
      fail(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const replaceOne = async (): Promise<void> => {
    const cell = from.map((start) => ({ start, step: 1, count: 1 }))
    if (await replace(cell)) await search('next')
  }
  const replaceAll = async (): Promise<void> => {
    if (await replace(dims))
      setNote({ text: 'Replaced; Review tells how many cells changed.', isError: false })
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target === input.current)
      void search(event.shiftKey ? 'previous' : 'next')
    else if (event.key === 'F3') void search(event.shiftKey ? 'previous' : 'next')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isEmpty = text.trim() === ''
  const frozen = frozenReason(store)
  const close = (
    <ActionIcon size={30} color="gray" aria-label="Close find" title="Close (Esc)" onClick={onClose}>
      <IconX size={14} />
    </ActionIcon>
  )
  return (
    <div role="search" aria-label="Find and replace" className={classes['bar']} onKeyDown={keyDown}>
      <div className={classes['line']}>
        <div className={classes['condition']}>
          <TextInput
            ref={input}
            size="xs"
            aria-label="Find"
            placeholder="> 300, isnan, x.a == 1 and i0 < 5"
            spellCheck={false}
            autoComplete="off"
            aria-invalid={note?.isError ?? false}
            aria-describedby={note ? `${id}-note` : undefined}
            classNames={{ input: classes['mono'] ?? '' }}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setNote(null)
            }}
          />
          {where !== text && <div className={classes['meaning']}>{where}</div>}
        </div>
        <ToolButton
          label="Find previous"
          hint="Previous (Shift+Enter)"
          disabled={isEmpty}
          onClick={() => void search('previous')}
        >
          <IconArrowUp size={16} />
        </ToolButton>
        <ToolButton
          label="Find next"
          hint="Next (Enter)"
          disabled={isEmpty}
          onClick={() => void search('next')}
        >
          <IconArrowDown size={16} />
        </ToolButton>
        <NativeSelect
          size="xs"
          w={128}
          aria-label="Search in"
          value={scope}
          data={(Object.keys(SCOPES) as FindScope[])
            .filter((one) => regions[one])
            .map((one) => ({ value: one, label: SCOPES[one] }))}
          onChange={(event) => setScope(event.currentTarget.value as FindScope)}
        />
        {close}
      </div>
      <div className={classes['line']}>
        <TextInput
          size="xs"
          className={classes['condition']}
          aria-label="Replace with"
          placeholder="Replace with 0, or = x * 2"
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes['mono'] ?? '' }}
          disabled={frozen !== null}
          title={frozen ?? undefined}
          value={replacement}
          onChange={(event) => setReplacement(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={isEmpty || isBusy || frozen !== null}
          onClick={() => void replaceOne()}
        >
          Replace
        </Button>
        <Button
          variant="default"
          disabled={isEmpty || isBusy || frozen !== null}
          onClick={() => void replaceAll()}
        >
          Replace all
        </Button>
      </div>
      <div
        id={`${id}-note`}
        role={note?.isError ? 'alert' : 'status'}
        className={classes['note']}
        data-error={note?.isError || undefined}
      >
        {note?.position !== undefined && <span>Character {note.position + 1}: </span>}
        {note?.text ?? (isBusy ? 'Searching…' : '')}
        {isBusy && (
          <Button size="compact-xs" variant="subtle" onClick={() => running.current?.abort()}>
            Cancel
          </Button>
        )}
      </div>
    </div>
  )
}

function noteOf({
  index,
  wrapped,
  unreadable,
}: {
  index: number[] | null
  wrapped: boolean
  unreadable: number
}) {
  const parts = [
    index ? (wrapped ? 'The search went around the end.' : '') : 'No cell matches.',
    unreadable > 0
      ? `${unreadable === 1 ? '1 chunk' : `${formatCount(unreadable)} chunks`} could not be read and ${unreadable === 1 ? 'was' : 'were'} passed over.`
      : '',
  ].filter(Boolean)
  return parts.length > 0 ? { text: parts.join(' '), isError: false } : null
}

function isOn({ start, step, count }: DimSlice, index: number | undefined): boolean {
  const place = ((index ?? NaN) - start) / step
  return Number.isInteger(place) && place >= 0 && place < count
}
