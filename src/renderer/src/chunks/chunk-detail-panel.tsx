import { Button } from '@mantine/core'
import type { ChunkDetail } from '@shared/model/chunk-map'
import { IconTable } from '@tabler/icons-react'
import { Fact, Facts, Section } from '../inspector/section'
import { CopyButton } from '../ui/copy-button'
import { formatBytes, formatCount, formatRatio, formatRegion, printable } from '../ui/format'
import { ErrorNote, Loading } from '../ui/states'
import classes from './chunks.module.css'

const STATES: Record<ChunkDetail['state'], string> = {
  stored: 'stored',
  missing: 'missing, reads as fill',
  error: 'cannot be decoded',
}

/** The selected chunk, decoded once: sizes, statistics, or why it cannot be decoded. */
export function ChunkDetailPanel({
  coords,
  status,
  detail,
  error,
  onRetry,
  onOpen,
}: {
  coords: number[] | null
  status: 'loading' | 'done' | 'error' | 'cancelled'
  detail: ChunkDetail | null
  error: unknown
  onRetry: () => void
  /** Null while there is no Data view to open. */
  onOpen: (() => void) | null
}) {
  if (!coords) {
    return (
      <Section title="Chunk">
        <p className={classes['note']}>Click a cell, or move with the arrow keys, to see a chunk.</p>
      </Section>
    )
  }
  return (
    <Section
      title={`Chunk (${coords.join(', ')})`}
      aside={detail && <CopyButton text={detail.key} label="Copy key" />}
    >
      {status === 'error' && <ErrorNote error={error} onRetry={onRetry} compact />}
      {!detail && status === 'loading' && <Loading what="Decoding" />}
      {detail && (
        <>
          {detail.state === 'error' && (
            <ErrorNote error={detail.error ?? 'The chunk cannot be decoded.'} onRetry={onRetry} compact />
          )}
          <Facts>
            <Fact name="state">
              {detail.statistics?.fillOnly ? 'stored, all fill value' : STATES[detail.state]}
            </Fact>
            <Fact name="region" wrap>
              {formatRegion(detail.start, detail.shape)}
            </Fact>
            <Fact name="key" wrap>
              {printable(detail.key)}
            </Fact>
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
            {detail.modified !== undefined && (
              <Fact name="modified">
                {new Date(detail.modified).toISOString().slice(0, 19).replace('T', ' ')} UTC
              </Fact>
            )}
            {detail.statistics && (
              <>
                <Fact name="min">{detail.statistics.min}</Fact>
                <Fact name="max">{detail.statistics.max}</Fact>
                <Fact name="mean">{detail.statistics.mean}</Fact>
                <Fact name="NaN">{formatCount(detail.statistics.nans)}</Fact>
              </>
            )}
          </Facts>
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
        </>
      )}
    </Section>
  )
}
