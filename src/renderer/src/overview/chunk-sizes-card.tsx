import { UnstyledButton } from '@mantine/core'
import type { RankedChunk, StorageCount } from '@shared/model/node'
import { chunksState } from '../chunks/chunks-state'
import { HistogramView } from '../chunks/histogram-view'
import { openTab } from '../state/tabs'
import { formatBytes, formatRatio, printable } from '../ui/format'
import { Card } from './card'
import classes from './overview.module.css'

/** Chunks of each list. */
const SHOWN = 5

/** How the sizes of stored chunks spread, and which stand out; a click leads to them on the map. */
export function ChunkSizesCard({ count, store, base }: { count: StorageCount; store: string; base: string }) {
  const { sizes, largest, leastCompressible } = count
  if (!sizes || count.initialized < 2) return null
  return (
    <Card title="Chunk sizes">
      <HistogramView histogram={sizes} />
      <div className={classes['rankedLists']}>
        <RankedList title="Largest" chunks={largest} store={store} base={base} />
        <RankedList title="Least compressible" chunks={leastCompressible} store={store} base={base} ratio />
      </div>
    </Card>
  )
}

function RankedList({
  title,
  chunks,
  store,
  base,
  ratio = false,
}: {
  title: string
  chunks: RankedChunk[]
  store: string
  base: string
  ratio?: boolean
}) {
  if (chunks.length === 0) return null
  return (
    <div>
      <h3 className={classes['rankedTitle']}>{title}</h3>
      <ul className={classes['ranked']} aria-label={title}>
        {chunks.slice(0, SHOWN).map(({ path, coords, bytes, rawBytes }) => {
          const array = path === base ? '' : `${printable(path.slice(base === '' ? 0 : base.length + 1))} `
          const name = `${array}(${coords.join(', ')})`
          return (
            <li key={name}>
              <UnstyledButton
                className={classes['rankedRow'] ?? ''}
                title={name}
                onClick={() => {
                  chunksState(store, path).setState({ selected: coords })
                  openTab(store, path, { view: 'Chunks' })
                }}
              >
                <span className={classes['rankedName']}>{name}</span>
                <span>{ratio && rawBytes !== null ? formatRatio(rawBytes, bytes) : formatBytes(bytes)}</span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
