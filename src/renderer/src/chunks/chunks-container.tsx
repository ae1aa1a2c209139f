import { useElementSize } from '@mantine/hooks'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { useCallback, useMemo, useState } from 'react'
import { isEnabled } from '../app/commands'
import { useLive } from '../rpc/use-live'
import { useRequest } from '../rpc/use-request'
import { openRegion } from '../state/region'
import { formatCount } from '../ui/format'
import { Cancelled, Empty, ErrorNote, Loading } from '../ui/states'
import { defaultAxes, dimName, fixedFor } from './axes'
import { chunkRegion, rawChunkBytes } from './chunk-region'
import { ChunkSide } from './chunk-side'
import classes from './chunks.module.css'
import { chunksState } from './chunks-state'
import { HexPanel } from './hex-panel'
import { Legend } from './legend'
import { MapArea } from './map-area'
import { MapControls } from './map-controls'
import type { Size } from './map-layout'
import { mapScale } from './map-values'
import { type DrawnMap, useChunkMap } from './use-chunk-map'
import { useProblems } from './use-problems'

/** The Chunks view of a node, or why it has none. */
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
  const state = chunksState(store.id, node.path)()
  const { mode, projection, selected, set } = state
  const [initial] = useState(() => defaultAxes(array.gridShape))
  const axes = state.axes ?? initial
  const { ref, width, height } = useElementSize()
  const size = useMemo<Size | null>(
    () => (width >= 1 && height >= 1 ? { width: Math.floor(width), height: Math.floor(height) } : null),
    [width, height],
  )
  const at = { store: store.id, path: node.path }
  useLive(store.id, node.path)
  const { drawn, request } = useChunkMap(at, array, { axes, mode, viewport: state.view, size })
  const storage = useRequest('node.storage', at)
  const survey = useRequest('array.survey', array.readable ? { ...at, look: 'known' } : null)
  const base = drawn?.source.base
  const problems = useProblems(array, state.corrupt, survey.data?.problems, base?.unreadable)
  const rawBytes = rawChunkBytes(array)
  const sizes = storage.data?.sizes
  const scale = useMemo(
    () => (base ? mapScale(base, mode, rawBytes, sizes) : null),
    [base, mode, rawBytes, sizes],
  )
  const open = useCallback(() => {
    if (!selected || !isEnabled('view.data')) return
    openRegion({ store: store.id, path: node.path, ...chunkRegion(array, selected) })
  }, [store.id, node.path, array, selected])

  return (
    <div className={classes['view']}>
      <MapControls
        array={array}
        store={store}
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
          <div className={classes['canvasBox']} ref={ref}>
            {request.status === 'error' && <ErrorNote error={request.error} onRetry={request.retry} />}
            {request.status === 'cancelled' && (
              <Cancelled what="Listing the chunks" onRetry={request.retry} />
            )}
            {!drawn && request.status === 'loading' && (
              <Loading what="Listing the chunks" onCancel={request.cancel} />
            )}
            {drawn && size && (
              <MapArea
                drawn={drawn}
                array={array}
                {...at}
                size={size}
                scale={scale}
                rawBytes={rawBytes}
                state={state}
                problems={problems}
                description={describe(drawn, array, selected)}
                onOpen={open}
              />
            )}
          </div>
          {selected && state.bytes && (
            <HexPanel
              {...at}
              coords={selected}
              form={state.bytes}
              onForm={(form) => set({ bytes: form })}
              onClose={() => set({ bytes: null })}
            />
          )}
          {drawn && (
            <Legend
              map={drawn.source.detail ?? drawn.source.base}
              mode={mode}
              scale={scale}
              projection={projection}
              array={array}
              corrupt={problems.list.length > 0}
            />
          )}
        </div>
        <ChunkSide
          {...at}
          array={array}
          map={base}
          count={storage.data ?? storage.progress}
          survey={survey.data}
          problems={problems.list}
          state={state}
          onOpen={isEnabled('view.data') ? open : null}
        />
      </div>
    </div>
  )
}

function describe({ source, axes }: DrawnMap, array: ArrayDetail, selected: number[] | null): string {
  const { sum, done } = source.base
  const counted = `initialized ${sum.initialized}/${sum.nchunks}, ${formatCount(sum.nchunks - sum.initialized)} missing`
  const found = [
    [sum.fillOnly, 'nothing but the fill value'],
    [sum.corrupt, 'cannot be decoded'],
    [sum.edited, 'edited'],
  ] as const
  const states = found.flatMap(([n, what]) => (n > 0 ? [`, ${formatCount(n)} ${what}`] : [])).join('')
  const chosen = selected ? `, chunk (${selected.join(', ')}) selected` : ''
  const fixed = fixedFor(axes)
    .flatMap((at, dim) =>
      at === null || array.gridShape[dim] === 1 ? [] : [`, ${dimName(array, dim)} at ${at}`],
    )
    .join('')
  return counted + states + (done ? '' : ', still counting') + fixed + chosen
}
