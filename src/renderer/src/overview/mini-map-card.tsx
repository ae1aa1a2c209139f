import { UnstyledButton, useComputedColorScheme } from '@mantine/core'
import type { ChunkMap } from '@shared/model/chunk-map'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { useEffect, useMemo, useRef } from 'react'
import { defaultAxes, fixedFor } from '../chunks/axes'
import { rawChunkBytes } from '../chunks/chunk-region'
import { readColors } from '../chunks/map-colors'
import { wrapShape } from '../chunks/map-layout'
import { useMapImage } from '../chunks/use-map-image'
import { useRequest } from '../rpc/use-request'
import { openTab } from '../state/tabs'
import { ErrorNote, Loading } from '../ui/states'
import { Card } from './card'
import classes from './overview.module.css'

const SIDE = 256
const WIDTH = 300
const HEIGHT = 150
/** A map of a single row of many cells is not thinner than this. */
const LEAST_SIDE = 8

/** The chunk map at a glance; a click leads to the real one. */
export function MiniMapCard({
  node,
  store,
  array,
}: {
  node: NodeDetail
  store: StoreInfo
  array: ArrayDetail
}) {
  const axes = defaultAxes(array.gridShape)
  // Room for the indices that are not drawn here.
  const line =
    axes.row === null && axes.column !== null
      ? wrapShape(array.gridShape[axes.column] ?? 1, { width: WIDTH + 56, height: HEIGHT + 30 }).columns
      : null
  const { status, data, progress, error, retry } = useRequest('array.chunkMap', {
    store: store.id,
    path: node.path,
    rowAxis: axes.row,
    columnAxis: axes.column,
    fixed: fixedFor(axes),
    maxRows: SIDE,
    maxColumns: SIDE,
    ...(line === null ? {} : { wrap: line }),
  })
  const map = data ?? progress
  return (
    <Card title="Chunks">
      {status === 'error' && <ErrorNote error={error} onRetry={retry} compact />}
      {!map && status === 'loading' && <Loading what="Listing the chunks" />}
      {map && (
        <UnstyledButton
          className={classes['miniMap'] ?? ''}
          aria-label="Open the chunk map"
          title="Open the chunk map"
          onClick={() => openTab(store.id, node.path, { view: 'Chunks' })}
        >
          <MiniMap map={map} rawBytes={rawChunkBytes(array)} />
        </UnstyledButton>
      )}
    </Card>
  )
}

function MiniMap({ map, rawBytes }: { map: ChunkMap; rawBytes: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme()
  const colors = useMemo(() => ({ ...readColors(document.documentElement), scheme }), [scheme])
  const { rows, columns } = map
  const image = useMapImage(map, { mode: 'state', scale: null, projection: 'mean', rawBytes, colors })
  const cell = Math.min(24, WIDTH / columns, HEIGHT / rows)
  const sx = Math.min(24, WIDTH / columns, Math.max(cell * 4, LEAST_SIDE))
  const sy = Math.min(24, HEIGHT / rows, Math.max(cell * 4, LEAST_SIDE))
  const [width, height] = [Math.max(2, columns * sx), Math.max(2, rows * sy)]

  useEffect(() => {
    const element = canvas.current
    const ctx = element?.getContext('2d')
    if (!element || !ctx || !image) return
    const ratio = window.devicePixelRatio
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    ctx.imageSmoothingEnabled = sx < 1 || sy < 1
    ctx.drawImage(image, 0, 0, width, height)
    if (Math.min(sx, sy) < 6) return
    ctx.strokeStyle = colors.background
    ctx.beginPath()
    for (let c = 1; c < columns; c++) {
      ctx.moveTo(c * sx, 0)
      ctx.lineTo(c * sx, height)
    }
    for (let r = 1; r < rows; r++) {
      ctx.moveTo(0, r * sy)
      ctx.lineTo(width, r * sy)
    }
    ctx.stroke()
  })
  return <canvas ref={canvas} className={classes['miniCanvas']} style={{ width, height }} aria-hidden />
}
