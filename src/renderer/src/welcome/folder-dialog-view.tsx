import { Button, TextInput } from '@mantine/core'
import type { FolderEntry, FolderListing, PickKind } from '@shared/model/host'
import { useRef } from 'react'
import { printable } from '../ui/format'
import { Empty, ErrorNote, Loading } from '../ui/states'
import { FolderEntries } from './folder-entries'
import { FolderLocation } from './folder-location'
import classes from './welcome.module.css'

type EntryKind = FolderEntry['kind']

/** What each use of the browser shows, and which of these it walks into instead of choosing them. */
const USES: Record<PickKind, { shows: EntryKind[]; enters: EntryKind[]; nothing: string }> = {
  folder: {
    shows: ['folder', 'store', 'zip'],
    enters: ['folder'],
    nothing: 'There are no folders and no zip files.',
  },
  zip: { shows: ['folder', 'zip'], enters: ['folder'], nothing: 'There are no zip files and no folders.' },
  file: {
    shows: ['folder', 'store', 'file'],
    enters: ['folder', 'store'],
    nothing: 'There are no files of this kind and no folders.',
  },
  saveFile: { shows: ['folder', 'file', 'zip'], enters: ['folder'], nothing: 'The folder is empty.' },
  saveFolder: { shows: ['folder', 'store'], enters: ['folder'], nothing: 'There are no folders here.' },
}

interface FolderDialogViewProps {
  kind: PickKind
  listing: FolderListing | null
  loading: boolean
  error: { error: unknown; retry?: () => void } | null
  chosen: FolderEntry | null
  /** Of the new file or folder, where one is to be named. */
  name: string
  onName: (name: string) => void
  onChoose: (entry: FolderEntry | null) => void
  onGo: (path: string) => void
  onOpen: (ticket: string) => void
  onSave: () => void
  onCancel: () => void
}

export function FolderDialogView(props: FolderDialogViewProps) {
  const { kind, listing, loading, error, chosen, onGo, onOpen } = props
  const list = useRef<HTMLUListElement>(null)
  const { shows, enters, nothing } = USES[kind]
  const entries = listing?.entries.filter((e) => shows.includes(e.kind)) ?? []
  const isSave = kind === 'saveFile' || kind === 'saveFolder'

  function act(entry: FolderEntry): void {
    if (enters.includes(entry.kind)) onGo(entry.path)
    else if (isSave) props.onSave()
    else onOpen(entry.path)
  }
  return (
    <div className={classes['browser']}>
      <FolderLocation
        here={listing?.path ?? ''}
        parent={listing?.parent ?? null}
        loading={loading}
        onGo={onGo}
        onDown={() => list.current?.querySelector<HTMLElement>('[data-entry]')?.focus()}
      />
      {error && <ErrorNote error={error.error} {...(error.retry ? { onRetry: error.retry } : {})} compact />}
      <div className={classes['list']}>
        {!listing && !error && <Loading what="Listing the folder" />}
        {listing && entries.length === 0 && <Empty title="Nothing to choose here">{nothing}</Empty>}
        <FolderEntries ref={list} entries={entries} chosen={chosen} onChoose={props.onChoose} onAct={act} />
      </div>
      {isSave && (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            e.stopPropagation()
            props.onSave()
          }}
        >
          <TextInput
            label="Name"
            value={props.name}
            onChange={(e) => props.onName(e.currentTarget.value)}
            spellCheck={false}
          />
        </form>
      )}
      <div className={classes['foot']}>
        <span className={classes['dim']}>{noteOn(listing)}</span>
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
        {isSave ? (
          <Button disabled={!listing || props.name.trim() === ''} onClick={props.onSave}>
            Save here
          </Button>
        ) : (
          <OpenButton {...props} act={act} />
        )}
      </div>
    </div>
  )
}

/** Opens what is chosen; a folder that is not, where a folder is wanted, is opened itself. */
function OpenButton({
  kind,
  listing,
  chosen,
  act,
  onOpen,
}: FolderDialogViewProps & { act: (entry: FolderEntry) => void }) {
  const verb = kind === 'file' ? 'Choose' : 'Open'
  const here = listing?.path ?? ''
  const isFolderHere = kind === 'folder' && here !== ''
  return (
    <Button
      disabled={!chosen && !isFolderHere}
      onClick={() => {
        if (!chosen) onOpen(here)
        else if (chosen.kind === 'folder' && kind === 'folder') onOpen(chosen.path)
        else act(chosen)
      }}
    >
      {chosen
        ? `${kind === 'file' && chosen.kind !== 'file' ? 'Go to' : verb} ${printable(chosen.name)}`
        : `${verb} this ${kind === 'folder' ? 'folder' : 'file'}`}
    </Button>
  )
}

function noteOn(listing: FolderListing | null): string {
  if (!listing) return ''
  const more = listing.truncated ? 'More entries than shown: type the path of a folder inside. ' : ''
  const above =
    listing.roots.length > 0 && listing.parent === null
      ? 'Folders above are outside what this host was allowed to show.'
      : ''
  return more + above
}
