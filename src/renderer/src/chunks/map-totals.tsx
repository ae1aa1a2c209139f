import { UnstyledButton } from '@mantine/core'
import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { useMemo } from 'react'
import { Fact, Facts, Section } from '../inspector/section'
import { formatBytes, formatCount, formatRatio, formatShare } from '../ui/format'
import { ShareBar } from '../ui/share-bar'
import classes from './chunks.module.css'
import { histogram } from './color-scale'
import { HistogramView } from './histogram-view'
import { cellInfo, type MapAxes } from './map-model'

/** Sums over the whole array, and for a map of single chunks the spread of their sizes and the largest ones. */
export function MapTotals({
  map,
  array,
  axes,
  onSelect,
}: {
  map: ChunkMap
  array: ArrayDetail
  axes: MapAxes
  onSelect: (coords: number[]) => void
}) {
  const { initialized, nchunks, nbytesStored } = map.sum
  const exact = map.total.every((n) => n <= 1)
  const sizes = useMemo(() => (exact ? [...map.bytes].filter((b) => b > 0) : []), [map, exact])
  const spread = useMemo(() => histogram(sizes, 24), [sizes])
  const largest = useMemo(() => (exact ? largestCells(map, 5) : []), [map, exact])
  return (
    <>
      <Section title="Totals">
        <ShareBar part={initialized} whole={nchunks} label="Initialized chunks" />
        <Facts>
          <Fact name="initialized">
            {formatCount(initialized)}/{formatCount(nchunks)}
          </Fact>
          <Fact name="share">{formatShare(initialized, nchunks)}</Fact>
          <Fact name="stored">{formatBytes(nbytesStored)}</Fact>
          <Fact name="ratio">{formatRatio(array.nbytes, nbytesStored)}</Fact>
          <Fact name="mean size">{initialized > 0 ? formatBytes(nbytesStored / initialized) : '–'}</Fact>
        </Facts>
        {!map.done && <div className={classes['counting']}>still counting…</div>}
      </Section>
      {spread && sizes.length > 1 && (
        <Section title="Stored sizes">
          <HistogramView histogram={spread} />
        </Section>
      )}
      {largest.length > 0 && (
        <Section title="Largest">
          <ul className={classes['largest']}>
            {largest.map((index) => {
              const row = Math.floor(index / map.columns)
              const info = cellInfo(map, axes, array, row, index % map.columns)
              return (
                <li key={index}>
                  <UnstyledButton
                    className={classes['largestRow'] ?? ''}
                    onClick={() => onSelect(info.coords)}
                    aria-label={`Select chunk (${info.coords.join(', ')})`}
                  >
                    <span>({info.coords.join(', ')})</span>
                    <span>{formatBytes(info.bytes)}</span>
                  </UnstyledButton>
                </li>
              )
            })}
          </ul>
        </Section>
      )}
    </>
  )
}

/** Indices of the cells with the most stored bytes, largest first. */
function largestCells(map: ChunkMap, count: number): number[] {
  const best: number[] = []
  for (let i = 0; i < map.bytes.length; i++) {
    const bytes = map.bytes[i] ?? 0
    if (bytes <= 0) continue
    const last = best.at(-1)
    if (best.length === count && last !== undefined && bytes <= (map.bytes[last] ?? 0)) continue
    const at = best.findIndex((j) => (map.bytes[j] ?? 0) < bytes)
    best.splice(at < 0 ? best.length : at, 0, i)
    best.length = Math.min(best.length, count)
  }
  return best
}
