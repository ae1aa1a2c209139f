import { ActionIcon, Button, UnstyledButton } from '@mantine/core'
import type { RecentStore } from '@shared/model/host'
import { IconFileZip, IconFlask, IconFolderOpen, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { formatBytes, formatWhen, printable } from '../ui/format'
import { Empty, ErrorNote, Loading } from '../ui/states'
import classes from './welcome.module.css'

interface WelcomeViewProps {
  connected: boolean
  connecting: boolean
  /** The host learns where a dropped folder lies. */
  canDrop: boolean
  opening: { label: string; cancel: () => void } | null
  error: { thrown: unknown; retry: () => void } | null
  onDismiss: () => void
  recent: RecentStore[] | null
  recentError: { error: unknown; retry: () => void } | null
  onFolder: () => void
  onZip: () => void
  onSample: () => void
  onRecent: (store: RecentStore) => void
  onForget: (store: RecentStore) => void
}

export function WelcomeView(props: WelcomeViewProps) {
  const { connected, opening, error } = props
  const busy = !connected || opening !== null
  return (
    <main className={classes['welcome']}>
      <div className={classes['column']}>
        <div className={classes['heading']}>
          <img src={new URL('../../icon.svg', import.meta.url).href} width={40} height={40} alt="" />
          <div>
            <h1>Zarrscope</h1>
            <p>See what is in a Zarr store, what is on disk and what is missing.</p>
          </div>
        </div>
        <div className={classes['actions']}>
          <Button
            size="sm"
            leftSection={<IconFolderOpen size={16} />}
            disabled={busy}
            onClick={props.onFolder}
          >
            Open folder…
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFileZip size={16} />}
            disabled={busy}
            onClick={props.onZip}
          >
            Open zip…
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFlask size={16} />}
            disabled={busy}
            onClick={props.onSample}
          >
            Explore a sample
          </Button>
        </div>
        {opening && <Loading what={`Opening ${opening.label}`} onCancel={opening.cancel} />}
        {error && (
          <ErrorNote error={error.thrown} onRetry={error.retry}>
            <ActionIcon size="xs" color="gray" aria-label="Dismiss" title="Dismiss" onClick={props.onDismiss}>
              <IconX size={12} />
            </ActionIcon>
          </ErrorNote>
        )}
        <RecentList {...props} busy={busy} />
        {props.canDrop && (
          <p className={classes['hint']}>A folder or a zip file dropped on the window opens too.</p>
        )}
      </div>
    </main>
  )
}

function RecentList(props: WelcomeViewProps & { busy: boolean }) {
  const [now] = useState(() => Date.now())
  const { recent, recentError, connecting } = props
  return (
    <section aria-label="Recent" className={classes['recent']}>
      <h2>Recent</h2>
      {recentError && <ErrorNote error={recentError.error} onRetry={recentError.retry} compact />}
      {!recent && !recentError && <Loading what={connecting ? 'Connecting' : 'Reading the list'} />}
      {recent?.length === 0 && (
        <Empty title="Nothing opened yet">Stores appear here once they have been opened.</Empty>
      )}
      {recent && recent.length > 0 && (
        <ul>
          {recent.map((store) => (
            <RecentRow key={store.ticket} store={store} now={now} {...props} />
          ))}
        </ul>
      )}
    </section>
  )
}

function RecentRow({
  store,
  now,
  busy,
  onRecent,
  onForget,
}: WelcomeViewProps & { store: RecentStore; now: number; busy: boolean }) {
  return (
    <li className={classes['row']} data-missing={store.missing || undefined}>
      <UnstyledButton
        className={classes['open'] ?? ''}
        disabled={busy || store.missing}
        onClick={() => onRecent(store)}
        title={printable(store.path)}
      >
        <span className={classes['name']}>{printable(store.name)}</span>
        {store.missing && <span className={classes['missing']}>not found</span>}
        <span className={classes['path']}>{printable(store.path)}</span>
        <span className={classes['size']}>
          {store.nbytesStored === undefined ? '' : formatBytes(store.nbytesStored)}
        </span>
        <span className={classes['when']}>{formatWhen(store.lastOpened, now)}</span>
      </UnstyledButton>
      <ActionIcon
        size="sm"
        color="gray"
        className={classes['forget']}
        aria-label={`Remove ${printable(store.name)} from the list`}
        title="Remove from the list"
        onClick={() => onForget(store)}
      >
        <IconX size={13} />
      </ActionIcon>
    </li>
  )
}
