import { UnstyledButton } from '@mantine/core'
import type { FolderEntry } from '@shared/model/host'
import { IconDatabase, IconFile, IconFileZip, IconFolder } from '@tabler/icons-react'
import type { KeyboardEvent, Ref } from 'react'
import { printable } from '../ui/format'
import classes from './welcome.module.css'

const ICONS = { store: IconDatabase, folder: IconFolder, zip: IconFileZip, file: IconFile }
const KINDS = { store: 'Zarr store', folder: 'folder', zip: 'zip file', file: 'file' }

interface FolderEntriesProps {
  ref: Ref<HTMLUListElement>
  entries: readonly FolderEntry[]
  chosen: FolderEntry | null
  onChoose: (entry: FolderEntry) => void
  onAct: (entry: FolderEntry) => void
}

/** What lies in a folder; one stop of the Tab key, arrow keys inside. */
export function FolderEntries({ ref, entries, chosen, onChoose, onAct }: FolderEntriesProps) {
  return (
    <ul aria-label="Entries" ref={ref} onKeyDown={moveFocus}>
      {entries.map((entry, i) => {
        const Icon = ICONS[entry.kind]
        const isChosen = entry.path === chosen?.path
        return (
          <li key={entry.path}>
            <UnstyledButton
              className={classes['entry'] ?? ''}
              data-entry
              data-selected={isChosen || undefined}
              tabIndex={i === 0 || isChosen ? 0 : -1}
              aria-pressed={isChosen}
              onFocus={() => onChoose(entry)}
              onClick={() => onChoose(entry)}
              onDoubleClick={() => onAct(entry)}
              onKeyDown={(e) => {
                if (e.key !== 'Enter') return
                e.preventDefault()
                onAct(entry)
              }}
            >
              <Icon size={15} aria-hidden />
              <span className={classes['entryName']}>{printable(entry.name)}</span>
              <span className={classes['entryKind']}>{KINDS[entry.kind]}</span>
            </UnstyledButton>
          </li>
        )
      })}
    </ul>
  )
}

function moveFocus(e: KeyboardEvent<HTMLUListElement>): void {
  const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const entries = [...e.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')]
  const at = entries.findIndex((one) => one === document.activeElement)
  entries[Math.min(entries.length - 1, Math.max(0, at + step))]?.focus()
  e.preventDefault()
}
