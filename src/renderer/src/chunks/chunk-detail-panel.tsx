import { Button } from '@mantine/core'
import type { ChunkDetail } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { IconTable } from '@tabler/icons-react'
import { Fact, Facts, Section } from '../inspector/section'
import type { RequestHandle } from '../rpc/use-request'
import { CopyButton } from '../ui/copy-button'
import { formatBytes, formatCount, formatRatio, formatRegion, printable } from '../ui/format'
import { ErrorNote, Loading } from '../ui/states'
import { ChunkActions } from './chunk-actions'
import type { ChunkEdit } from './chunk-edit-dialog'
import classes from './chunks.module.css'
import { CodecSteps } from './codec-steps'
import { formatTime } from './value-text'

const STATES: Record<ChunkDetail['state'], string> = {
  stored: 'stored',
  missing: 'missing, reads as fill',
  error: 'cannot be decoded',
}

interface ChunkDetailPanelProps {
  store: string
  path: string
  array: ArrayDetail
  coords: number[] | null
  chunk: RequestHandle<'array.chunk'>
  onBytes: (form: 'stored' | 'decoded') => void
  /** Null while there is no Data view to open. */
  onOpen: (() => void) | null
  onEdit: (edit: ChunkEdit) => void
}

/** The selected chunk, decoded: sizes after each codec, statistics, or why it cannot be decoded; what can be done with it. */
export function ChunkDetailPanel(props: ChunkDetailPanelProps) {
  const { coords, chunk, onOpen } = props
  const { status, data, error, retry } = chunk
  if (!coords) {
    return (
      <Section title="Chunk">
        <p className={classes['quiet']}>Click a cell, or move with the arrow keys, to see a chunk.</p>
      </Section>
    )
  }
  const detail = data?.coords.join() === coords.join() ? data : undefined
  return (
    <Section
      title={`Chunk (${coords.join(', ')})`}
      aside={detail && <CopyButton text={detail.key} label="Copy key" />}
    >
      {status === 'error' && <ErrorNote error={error} onRetry={retry} compact />}
      {!detail && status === 'loading' && <Loading what="Decoding" />}
      {detail && (
        <>
          {detail.state === 'error' && (
            <ErrorNote error={detail.error ?? 'The chunk cannot be decoded.'} onRetry={retry} compact />
          )}
          <ChunkFacts detail={detail} />
          <CodecSteps detail={detail} />
          {onOpen && (
            <Button
              mt={8}
              size="compact-xs"
              variant="default"
              leftSection={<IconTable size={13} />}
              onClick={onOpen}
            >
              Show in Data
            </Button>
          )}
          <ChunkActions {...props} detail={detail} onDecode={retry} />
        </>
      )}
    </Section>
  )
}

function ChunkFacts({ detail }: { detail: ChunkDetail }) {
  const { statistics, shard } = detail
  return (
    <Facts>
      <Fact name="state">{statistics?.fillOnly ? 'stored, all fill value' : STATES[detail.state]}</Fact>
      <Fact name="region" wrap>
        {formatRegion(detail.start, detail.shape)}
      </Fact>
      <Fact name="key" wrap>
        {printable(detail.key)}
      </Fact>
      {shard && (
        <Fact name="in shard" wrap title={shard.entry ? `number ${shard.entry.number} in its index` : ''}>
          ({shard.coords.join(', ')})
          {shard.entry &&
            `, bytes ${formatCount(shard.entry.offset)} to ${formatCount(shard.entry.offset + shard.entry.length)} of ${formatCount(shard.bytes)}`}
        </Fact>
      )}
      <Fact name="decoded" title={`${formatCount(detail.rawBytes)} bytes`}>
        {formatBytes(detail.rawBytes)}
      </Fact>
      {detail.state !== 'missing' && (
        <>
          <Fact name="stored" title={`${formatCount(detail.storedBytes)} bytes`}>
            {formatBytes(detail.storedBytes)}
          </Fact>
          <Fact name="ratio">{formatRatio(detail.rawBytes, detail.storedBytes)}</Fact>
        </>
      )}
      {detail.modified !== undefined && <Fact name="modified">{formatTime(detail.modified)}</Fact>}
      {statistics && (
        <>
          <Fact name="min">{printable(statistics.min) || '–'}</Fact>
          <Fact name="max">{printable(statistics.max) || '–'}</Fact>
          <Fact name="mean">{statistics.mean || '–'}</Fact>
          <Fact name="NaN">{formatCount(statistics.nans)}</Fact>
        </>
      )}
    </Facts>
  )
}
