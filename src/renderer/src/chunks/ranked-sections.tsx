import { UnstyledButton } from '@mantine/core'
import type { ArrayDetail, RankedChunk, StorageCount } from '@shared/model/node'
import { Section } from '../inspector/section'
import { formatBytes, formatRatio } from '../ui/format'
import classes from './chunks.module.css'
import { HistogramView } from './histogram-view'

/** How the sizes of stored chunks spread, and the chunks that stand out; a click leads to them. */
export function RankedSections({
  count,
  array,
  onSelect,
}: {
  count: StorageCount
  array: ArrayDetail
  onSelect: (coords: number[]) => void
}) {
  const { sizes, largest, leastCompressible } = count
  // Chunks of one shape rank alike by bytes and by ratio.
  const alike = array.chunkEdges === undefined
  const lists = alike
    ? [{ title: 'Largest, least compressible', chunks: largest }]
    : [
        { title: 'Largest', chunks: largest },
        { title: 'Least compressible', chunks: leastCompressible },
      ]
  return (
    <>
      {sizes && count.initialized > 1 && (
        <Section title="Stored sizes">
          <HistogramView histogram={sizes} />
        </Section>
      )}
      {lists.map(
        ({ title, chunks }) =>
          chunks.length > 0 && (
            <Section key={title} title={title}>
              <RankedList chunks={chunks} onSelect={onSelect} />
            </Section>
          ),
      )}
    </>
  )
}

function RankedList({ chunks, onSelect }: { chunks: RankedChunk[]; onSelect: (coords: number[]) => void }) {
  return (
    <ul className={classes['ranked']}>
      {chunks.map(({ coords, bytes, rawBytes }) => (
        <li key={coords.join()}>
          <UnstyledButton
            className={classes['rankedRow'] ?? ''}
            onClick={() => onSelect(coords)}
            aria-label={`Select chunk (${coords.join(', ')})`}
          >
            <span>({coords.join(', ')})</span>
            <span>{formatBytes(bytes)}</span>
            <span title="ratio">{rawBytes === null ? '' : formatRatio(rawBytes, bytes)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
