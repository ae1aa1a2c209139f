import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ChunkDetail } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { IconBinary, IconDownload, IconRefresh, IconTrash, IconWand } from '@tabler/icons-react'
import { messageOf } from '../state/problems'
import { useFrozen } from '../state/use-frozen'
import type { ChunkEdit } from './chunk-edit-dialog'
import classes from './chunks.module.css'
import { exportChunk } from './export-chunk'

/** What can be done with a chunk. What changes it asks first, and is staged. */
export function ChunkActions({
  store,
  path,
  array,
  detail,
  onDecode,
  onBytes,
  onEdit,
}: {
  store: string
  path: string
  array: ArrayDetail
  detail: ChunkDetail
  onDecode: () => void
  onBytes: (form: 'stored' | 'decoded') => void
  onEdit: (edit: ChunkEdit) => void
}) {
  const frozen = useFrozen(store)
  const { coords, shard, state } = detail
  const missing = state === 'missing'
  const save = (form: 'stored' | 'decoded'): void => {
    exportChunk({ store, path, coords }, form).catch((error: unknown) =>
      notifications.show({ color: 'red', message: `Not exported: ${messageOf(error)}` }),
    )
  }
  return (
    <div className={classes['actions']} role="group" aria-label="Chunk actions">
      <Button size="compact-xs" variant="default" leftSection={<IconRefresh size={13} />} onClick={onDecode}>
        Decode
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconBinary size={13} />}
        disabled={missing}
        onClick={() => onBytes('stored')}
      >
        Bytes
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconDownload size={13} />}
            disabled={missing}
          >
            Export raw
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save('stored')}>Stored bytes</Menu.Item>
          <Menu.Item disabled={state === 'error'} onClick={() => save('decoded')}>
            Decoded bytes
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconWand size={13} />}
        disabled={missing || state === 'error' || frozen !== null || !array.readable}
        title={frozen ?? ''}
        onClick={() => onEdit(rewrite(path, detail))}
      >
        Rewrite{shard ? ' shard' : ''}…
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        color="red"
        leftSection={<IconTrash size={13} />}
        disabled={missing || frozen !== null || (shard !== undefined && state === 'error')}
        title={frozen ?? ''}
        onClick={() => onEdit(deletion(path, detail))}
      >
        Delete chunk…
      </Button>
    </div>
  )
}

const rewrite = (path: string, { coords, shard }: ChunkDetail): ChunkEdit => ({
  title: shard ? `Rewrite shard (${shard.coords.join(', ')})?` : `Rewrite chunk (${coords.join(', ')})?`,
  verb: 'Rewrite',
  edit: { kind: 'rewriteChunks', path, chunks: [shard?.coords ?? coords] },
  note: 'Its items are decoded and encoded anew with the codecs of the array; what they are stays the same.',
})

/** Of a shard only the chunk's own part goes: its items are cleared, and the shard is written without them. */
function deletion(path: string, { coords, shard, start, shape }: ChunkDetail): ChunkEdit {
  const dims = start.map((index, k) => ({ start: index, step: 1, count: shape[k] ?? 0 }))
  return {
    title: `Delete chunk (${coords.join(', ')})?`,
    verb: 'Delete',
    edit: shard ? { kind: 'clear', path, dims } : { kind: 'deleteChunks', path, chunks: [coords] },
    note: shard
      ? 'Its items read as the fill value afterwards; the shard is written without them.'
      : 'Its items read as the fill value afterwards.',
    danger: true,
  }
}
