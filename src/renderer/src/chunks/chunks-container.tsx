import { useDebouncedValue } from '@mantine/hooks'
import type { ChunkMap } from '@shared/model/chunk-map'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { useEffect, useState } from 'react'
import { isEnabled } from '../app/commands'
import { useRequest } from '../rpc/use-request'
import { openRegion } from '../state/region'
import { formatCount } from '../ui/format'
import { Cancelled, Empty, ErrorNote, Loading } from '../ui/states'
import { ChunkDetailPanel } from './chunk-detail-panel'
import { ChunkMapView, type MapWindow } from './chunk-map-view'
import classes from './chunks.module.css'
import { chunksState } from './chunks-state'
import { HoverCard } from './hover-card'
import { Legend } from './legend'
import { MapControls } from './map-controls'
import type { CellPosition, MapShape } from './map-layout'
import { type CellInfo, defaultAxes, type MapAxes, placeInfo, placeOf, rawChunkBytes } from './map-model'
import { MapTotals } from './map-totals'

/** Cells asked for along each side of a map of two dimensions, and along a line. */
const SIDE = 1024
const LINE = 2 ** 20

export function ChunksContainer({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  if (!array) return <Empty title="A group has no chunks">Choose an array in the explorer.</Empty>
  if (array.nchunks === 0)
    return (
      <Empty title="No chunks">A dimension of this array has length 0, so there is nothing to store.</Empty>
    )
  return <ChunksOfArray key={`${store.id}:${node.path}`} node={node} store={store} array={array} />
}

function ChunksOfArray({ node, store, array }: { node: NodeDetail; store: StoreInfo; array: ArrayDetail }) {
  const useChunks = chunksState(store.id, node.path)
  const { axes: chosen, mode, projection, view, selected, corrupt, set } = useChunks()
  const [initial] = useState(() => defaultAxes(array.gridShape))
  const axes = chosen ?? initial
  const [hover, setHover] = useState<{ info: CellInfo; x: number; y: number; right: number } | null>(null)
  const line = axes.row === null
  // Sliders move faster than answers come.
  const [rested] = useDebouncedValue(axes, 60)
  const input = {
    store: store.id,
    path: node.path,
    rowAxis: rested.row,
    columnAxis: rested.column,
    fixed: fixedFor(rested),
    maxRows: line ? 1 : SIDE,
    maxColumns: line ? LINE : SIDE,
  }
  const { status, data, progress, error, retry, cancel } = useRequest('array.chunkMap', input, {
    job: `Chunk map of /${node.path}`,
  })
  const latest = status === 'done' ? data : (progress ?? data)
  // While the next map is on its way the last one stays, with the axes it was made for.
  const [kept, setKept] = useState<{ map: ChunkMap; axes: MapAxes } | null>(null)
  if (latest && kept?.map !== latest) setKept({ map: latest, axes: rested })
  const shown = latest ? { map: latest, axes: rested } : status === 'loading' ? kept : null
  const map = shown?.map
  const shownAxes = shown?.axes ?? rested
  const [visible, setVisible] = useState<MapWindow | null>(null)
  const [window] = useDebouncedValue(visible, 120)
  const part = useRequest(
    'array.chunkMap',
    window ? { ...input, maxRows: 4096, maxColumns: 4096, window } : null,
  )
  // A host that does not know windows answers the whole, which says nothing new.
  const detail = window && part.data?.origin ? part.data : null
  const source = map ? { base: map, detail, wrapped: shownAxes.row === null } : null
  const rawBytes = rawChunkBytes(array)

  const select = (shape: MapShape, cell: CellPosition | null): void => {
    if (!source) return
    set({ selected: cell ? placeInfo(source, shape, shownAxes, array, cell).coords : null })
  }
  const open = (): void => {
    if (!selected || !isEnabled('view.data')) return
    const start = selected.map((c, dim) => startOf(array, dim, c))
    const shape = selected.map((c, dim) => startOf(array, dim, c + 1) - startOf(array, dim, c))
    openRegion({ store: store.id, path: node.path, start, shape })
  }

  return (
    <div className={classes['view']}>
      <MapControls
        array={array}
        axes={axes}
        mode={mode}
        projection={projection}
        onAxes={(next) => set({ axes: next, view: null })}
        onMode={(next) => set({ mode: next })}
        onProjection={(next) => set({ projection: next })}
        onFit={() => set({ view: null })}
      />
      <div className={classes['body']}>
        <div className={classes['mapArea']}>
          {status === 'error' && <ErrorNote error={error} onRetry={retry} />}
          {status === 'cancelled' && <Cancelled what="Listing the chunks" onRetry={retry} />}
          {!map && status === 'loading' && <Loading what="Listing the chunks" onCancel={cancel} />}
          {source && (
            <ChunkMapView
              source={source}
              axes={shownAxes}
              mode={mode}
              projection={projection}
              rawBytes={rawBytes}
              view={view}
              onView={(next) => set({ view: next })}
              place={(shape) => ({
                selected: selected && placeOf(source, shape, shownAxes, selected),
                corrupt: [...corrupt].flatMap(
                  (c) => placeOf(source, shape, shownAxes, c.split(',').map(Number)) ?? [],
                ),
              })}
              onSelect={select}
              onOpen={open}
              onHover={(at) =>
                setHover(at && { ...at, info: placeInfo(source, at.shape, shownAxes, array, at.cell) })
              }
              description={describe(source.base, selected)}
              onVisible={setVisible}
            />
          )}
          {map && hover && (
            <HoverCard
              hover={hover}
              rawBytes={rawBytes}
              store={store.id}
              path={node.path}
              corrupt={corrupt}
            />
          )}
          {map && (
            <Legend
              map={detail ?? map}
              mode={mode}
              projection={projection}
              rawBytes={rawBytes}
              corrupt={corrupt.size > 0}
            />
          )}
        </div>
        <aside className={classes['side']} aria-label="Chunk facts">
          {map && (
            <MapTotals
              map={map}
              array={array}
              axes={shownAxes}
              onSelect={(coords) => set({ selected: coords })}
            />
          )}
          <Detail
            store={store.id}
            path={node.path}
            selected={selected}
            onOpen={isEnabled('view.data') ? open : null}
            onCorrupt={(coords) => {
              const id = coords.join(',')
              if (!corrupt.has(id)) set({ corrupt: new Set([...corrupt, id]) })
            }}
          />
        </aside>
      </div>
    </div>
  )
}

function Detail(props: {
  store: string
  path: string
  selected: number[] | null
  onOpen: (() => void) | null
  onCorrupt: (coords: number[]) => void
}) {
  const { store, path, selected, onCorrupt } = props
  const { status, data, error, retry } = useRequest(
    'array.chunk',
    selected ? { store, path, coords: selected } : null,
  )
  useEffect(() => {
    if (data?.state === 'error') onCorrupt(data.coords)
  })
  return (
    <ChunkDetailPanel
      coords={selected}
      status={status}
      detail={data ?? null}
      error={error}
      onRetry={retry}
      onOpen={props.onOpen}
    />
  )
}

/** What the contract wants: null on the axes and where projected, the index elsewhere. */
const fixedFor = (axes: MapAxes): (number | null)[] =>
  axes.fixed.map((f, dim) => (dim === axes.row || dim === axes.column ? null : f))

function startOf(array: ArrayDetail, dim: number, chunk: number): number {
  const edges = array.chunkEdges?.[dim]
  const at = edges ? edges.slice(0, chunk).reduce((a, b) => a + b, 0) : chunk * (array.chunks[dim] ?? 1)
  return Math.min(array.shape[dim] ?? 1, at)
}

function describe({ sum, done }: ChunkMap, selected: number[] | null): string {
  const counted = `initialized ${sum.initialized}/${sum.nchunks}, ${formatCount(sum.nchunks - sum.initialized)} missing`
  const chosen = selected ? `, chunk (${selected.join(', ')}) selected` : ''
  return counted + (done ? '' : ', still counting') + chosen
}
