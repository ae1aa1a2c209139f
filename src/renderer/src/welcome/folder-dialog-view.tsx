import { ActionIcon, Button, Loader, TextInput, UnstyledButton } from '@mantine/core'
import type { FolderEntry, FolderListing } from '@shared/model/host'
import { IconArrowUp, IconDatabase, IconFileZip, IconFolder } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { printable } from '../ui/format'
import { Empty, ErrorNote, Loading } from '../ui/states'
import classes from './welcome.module.css'

const ICONS = { store: IconDatabase, folder: IconFolder, zip: IconFileZip }
const KINDS = { store: 'Zarr store', folder: 'folder', zip: 'zip file' }

interface FolderDialogViewProps {
  kind: 'folder' | 'zip'
  listing: FolderListing | null
  loading: boolean
  error: { error: unknown; retry: () => void } | null
  chosen: FolderEntry | null
  onChoose: (entry: FolderEntry | null) => void
  onGo: (path: string) => void
  onOpen: (ticket: string, label: string) => void
  onCancel: () => void
}

export function FolderDialogView(props: FolderDialogViewProps) {
  const { kind, listing, loading, error, chosen, onGo, onOpen } = props
  const list = useRef<HTMLUListElement>(null)
  const here = listing?.path ?? ''
  const entries = listing?.entries.filter((e) => kind === 'folder' || e.kind !== 'store') ?? []

  function act(entry: FolderEntry): void {
    if (entry.kind === 'folder') onGo(entry.path)
    else onOpen(entry.path, entry.name)
  }
  return (
    <div className={classes['browser']}>
      <Location
        here={here}
        parent={listing?.parent ?? null}
        loading={loading}
        onGo={onGo}
        onDown={() => list.current?.querySelector<HTMLElement>('[data-entry]')?.focus()}
      />
      {error && <ErrorNote error={error.error} onRetry={error.retry} compact />}
      <div className={classes['list']}>
        {!listing && !error && <Loading what="Listing the folder" />}
        {listing && entries.length === 0 && (
          <Empty title="Nothing to open here">
            {kind === 'zip'
              ? 'There are no zip files and no folders.'
              : 'There are no folders and no zip files.'}
          </Empty>
        )}
        <ul aria-label="Entries" ref={list} onKeyDown={moveFocus}>
          {entries.map((entry, i) => (
            <Entry
              key={entry.path}
              entry={entry}
              first={i === 0}
              chosen={entry.path === chosen?.path}
              onChoose={props.onChoose}
              onAct={act}
            />
          ))}
        </ul>
      </div>
      <div className={classes['foot']}>
        <span className={classes['dim']}>
          {listing?.truncated ? 'More entries than shown: type the path of a folder inside. ' : ''}
          {listing && listing.roots.length > 0 && listing.parent === null
            ? 'Folders above are outside what this host was allowed to show.'
            : ''}
        </span>
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button
          disabled={!chosen && (kind === 'zip' || here === '')}
          onClick={() =>
            chosen && chosen.kind !== 'folder'
              ? act(chosen)
              : onOpen(chosen?.path ?? here, chosen?.name ?? here)
          }
        >
          {chosen ? `Open ${printable(chosen.name)}` : 'Open this folder'}
        </Button>
      </div>
    </div>
  )
}

function Location({
  here,
  parent,
  loading,
  onGo,
  onDown,
}: {
  here: string
  parent: string | null
  loading: boolean
  onGo: (path: string) => void
  /** The person wants to go on to the entries. */
  onDown: () => void
}) {
  const [text, setText] = useState(here)
  const [known, setKnown] = useState(here)
  if (here !== known) {
    setKnown(here)
    setText(here)
  }
  return (
    <form
      className={classes['location']}
      onSubmit={(e) => {
        e.preventDefault()
        onGo(text)
      }}
    >
      <ActionIcon
        size={30}
        variant="default"
        aria-label="Parent folder"
        disabled={parent === null}
        onClick={() => {
          if (parent !== null) onGo(parent)
        }}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <TextInput
        aria-label="Path"
        data-autofocus
        onKeyDown={(e) => {
          if (e.key !== 'ArrowDown') return
          e.preventDefault()
          onDown()
        }}
        value={text}
        rightSection={loading ? <Loader size={12} /> : null}
        onChange={(e) => setText(e.currentTarget.value)}
        spellCheck={false}
      />
    </form>
  )
}

function Entry({
  entry,
  first,
  chosen,
  onChoose,
  onAct,
}: {
  entry: FolderEntry
  first: boolean
  chosen: boolean
  onChoose: (entry: FolderEntry) => void
  onAct: (entry: FolderEntry) => void
}) {
  const Icon = ICONS[entry.kind]
  return (
    <li>
      <UnstyledButton
        className={classes['entry'] ?? ''}
        data-entry
        data-selected={chosen || undefined}
        tabIndex={first || chosen ? 0 : -1}
        aria-pressed={chosen}
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
}

/** Arrow keys walk through the entries. */
function moveFocus(e: KeyboardEvent<HTMLUListElement>): void {
  const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const entries = [...e.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')]
  const at = entries.findIndex((one) => one === document.activeElement)
  entries[Math.min(entries.length - 1, Math.max(0, at + step))]?.focus()
  e.preventDefault()
}
