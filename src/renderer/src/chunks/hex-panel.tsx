import { ActionIcon, SegmentedControl, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { formatBytes } from '../ui/format'
import { ErrorNote } from '../ui/states'
import classes from './chunks.module.css'
import { hexRow, ROW } from './hex-text'

type Form = 'stored' | 'decoded'

interface HexPanelProps {
  store: string
  path: string
  coords: number[]
  form: Form
  onForm: (form: Form) => void
  onClose: () => void
}

const ROW_HEIGHT = 17
/** What is asked for at a time. */
const PAGE = 64 * 2 ** 10
/** A browser cannot lay out more rows than these have. */
const PART = 16 * 2 ** 20

/** The bytes of a chunk, as stored or decoded, in rows of hexadecimal digits and characters. */
export function HexPanel(props: HexPanelProps) {
  const { store, path, coords, form } = props
  return (
    <section className={classes['hexPanel']} aria-label={`Bytes of chunk (${coords.join(', ')})`}>
      <HexBytes key={`${store}:${path}:${coords.join()}:${form}`} {...props} />
    </section>
  )
}

function HexBytes({ store, path, coords, form, onForm, onClose }: HexPanelProps) {
  const [part, setPart] = useState(0)
  const chunk = { store, path, coords, form }
  const first = useRequest('array.chunkBytes', { ...chunk, offset: part * PART, length: PAGE })
  const total = first.data?.total ?? 0
  const parts = Math.max(1, Math.ceil(total / PART))
  const bytes = Math.max(0, Math.min(PART, total - part * PART))
  return (
    <>
      <div className={classes['hexHead']}>
        <SegmentedControl
          size="xs"
          aria-label="Bytes"
          data={[
            { value: 'stored', label: 'Stored' },
            { value: 'decoded', label: 'Decoded' },
          ]}
          value={form}
          onChange={(value) => onForm(value)}
        />
        <span className={classes['quiet']}>
          ({coords.join(', ')}) {first.data && formatBytes(total)}
        </span>
        {parts > 1 && (
          <Select
            w={170}
            size="xs"
            aria-label="Part"
            allowDeselect={false}
            data={Array.from({ length: parts }, (_, i) => ({
              value: String(i),
              label: `from ${formatBytes(i * PART)} on`,
            }))}
            value={String(part)}
            onChange={(value) => setPart(Number(value))}
          />
        )}
        <span className={classes['spring']} />
        <ActionIcon
          size={20}
          color="gray"
          aria-label="Close the bytes"
          title="Close the bytes"
          onClick={onClose}
        >
          <IconX size={14} />
        </ActionIcon>
      </div>
      {first.status === 'error' ? (
        <ErrorNote error={first.error} onRetry={first.retry} compact />
      ) : first.data && total === 0 ? (
        <p className={classes['quiet']}>Nothing is stored.</p>
      ) : (
        <HexRows key={part} chunk={chunk} start={part * PART} rows={Math.ceil(bytes / ROW)} />
      )}
    </>
  )
}

interface ChunkForm {
  store: string
  path: string
  coords: number[]
  form: Form
}

function HexRows({ chunk, start, rows }: { chunk: ChunkForm; start: number; rows: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- React's compiler, which is not used, could not memoise it
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  return (
    <div ref={scroller} className={classes['hexRows']} tabIndex={0} role="region" aria-label="Hexadecimal">
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start: top }) => (
          <HexLine key={index} chunk={chunk} at={start + index * ROW} top={top} />
        ))}
      </div>
    </div>
  )
}

function HexLine({ chunk, at, top }: { chunk: ChunkForm; at: number; top: number }) {
  const page = Math.floor(at / PAGE) * PAGE
  // Lines of one page share the request.
  const { data } = useRequest('array.chunkBytes', { ...chunk, offset: page, length: PAGE })
  const row = hexRow(data?.bytes.subarray(at - page, at - page + ROW) ?? new Uint8Array(), at)
  return (
    <div className={classes['hexLine']} style={{ top, height: ROW_HEIGHT }}>
      <span className={classes['hexOffset']}>{row.offset}</span>
      <span className={classes['hexDigits']}>
        {row.hex.slice(0, 8).join(' ').padEnd(23)} {row.hex.slice(8).join(' ').padEnd(23)}
      </span>
      <span>{data ? row.ascii : '…'}</span>
    </div>
  )
}
