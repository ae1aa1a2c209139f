import { TextInput } from '@mantine/core'
import { IconChevronRight, IconFolder, IconGridDots, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { KeysText } from '../app/keys-text'
import { printable } from '../ui/format'
import { Empty } from '../ui/states'
import classes from './palette.module.css'

export interface PaletteEntry {
  id: string
  kind: 'command' | 'array' | 'group'
  label: string
  detail: string
  keys: string | undefined
  run: () => void
}

const ICONS = { command: IconChevronRight, array: IconGridDots, group: IconFolder }
const LIST_ID = 'palette-list'
const optionId = (index: number): string => `palette-option-${index}`

interface PaletteViewProps {
  placeholder: string
  query: string
  onQuery: (text: string) => void
  commands: readonly PaletteEntry[]
  nodes: readonly PaletteEntry[]
  /** More nodes may still come. */
  listing: boolean
  onRun: (entry: PaletteEntry) => void
}

/** A combobox over one list in two sections; the focus stays in the field, arrows move the active option. */
export function PaletteView(props: PaletteViewProps) {
  const { placeholder, query, onQuery, commands, nodes, listing, onRun } = props
  const list = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState(0)
  const entries = [...commands, ...nodes]
  const active = Math.min(wanted, entries.length - 1)

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, query])

  function onKeyDown(e: KeyboardEvent): void {
    const last = entries.length - 1
    if (e.nativeEvent.isComposing) return
    if (e.key === 'ArrowDown') setWanted(active >= last ? 0 : active + 1)
    else if (e.key === 'ArrowUp') setWanted(active <= 0 ? last : active - 1)
    else if (e.key === 'PageDown') setWanted(Math.min(last, active + 10))
    else if (e.key === 'PageUp') setWanted(Math.max(0, active - 10))
    else if (e.key === 'Enter') {
      const entry = entries[active]
      if (entry) onRun(entry)
    } else return
    e.preventDefault()
  }

  return (
    <>
      <TextInput
        size="md"
        variant="unstyled"
        className={classes['search'] ?? ''}
        data-autofocus
        placeholder={placeholder}
        leftSection={<IconSearch size={15} />}
        value={query}
        onChange={(e) => {
          onQuery(e.currentTarget.value)
          setWanted(0)
        }}
        onKeyDown={onKeyDown}
        aria-label={placeholder}
        role="combobox"
        aria-expanded={entries.length > 0}
        aria-autocomplete="list"
        aria-controls={LIST_ID}
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        spellCheck={false}
      />
      <div className={classes['list']} id={LIST_ID} role="listbox" aria-label="Results" ref={list}>
        <Section title="Commands" entries={commands} first={0} active={active} onRun={onRun} />
        <Section title="Nodes" entries={nodes} first={commands.length} active={active} onRun={onRun} />
      </div>
      {entries.length === 0 && (
        <Empty title={listing ? 'Nothing found yet' : 'Nothing found'}>
          {listing ? 'The nodes are still being listed.' : 'No command and no node has these words.'}
        </Empty>
      )}
    </>
  )
}

function Section({
  title,
  entries,
  first,
  active,
  onRun,
}: {
  title: string
  entries: readonly PaletteEntry[]
  /** Index of the first entry among all options. */
  first: number
  active: number
  onRun: (entry: PaletteEntry) => void
}) {
  if (entries.length === 0) return null
  return (
    <div role="group" aria-label={title}>
      <div className={classes['section']}>{title}</div>
      {entries.map((entry, i) => {
        const Icon = ICONS[entry.kind]
        return (
          <div
            key={entry.id}
            id={optionId(first + i)}
            className={classes['option']}
            role="option"
            aria-selected={active === first + i}
            // The field keeps the focus while options are clicked.
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => onRun(entry)}
          >
            <Icon size={14} className={classes['icon']} aria-hidden />
            <span className={classes['label']}>{printable(entry.label)}</span>
            <span className={classes['detail']}>{entry.detail}</span>
            <KeysText keys={entry.keys} />
          </div>
        )
      })}
    </div>
  )
}
