import { UnstyledButton, useComputedColorScheme } from '@mantine/core'
import type { ChunkMap } from '@shared/model/chunk-map'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { useEffect, useMemo, useRef } from 'react'
import { type MapShape, wrapShape } from '../chunks/map-layout'
import { defaultAxes, rawChunkBytes } from '../chunks/map-model'
import { readColors } from '../chunks/map-paint'
import { useMapImage } from '../chunks/use-map-image'
import { useRequest } from '../rpc/use-request'
import { openTab } from '../state/tabs'
import { ErrorNote, Loading } from '../ui/states'
import { Card } from './card'
import classes from './overview.module.css'

const SIDE = 256
const WIDTH = 300
const HEIGHT = 150

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
  const line = axes.row === null
  const { status, data, progress, error, retry } = useRequest('array.chunkMap', {
    store: store.id,
    path: node.path,
    rowAxis: axes.row,
    columnAxis: axes.column,
    fixed: axes.fixed.map((f, dim) => (dim === axes.row || dim === axes.column ? null : f)),
    maxRows: line ? 1 : SIDE,
    maxColumns: line ? 4096 : SIDE,
  })
  const map = status === 'done' ? data : (progress ?? data)
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
          <MiniMap map={map} wrapped={line} rawBytes={rawChunkBytes(array)} />
        </UnstyledButton>
      )}
    </Card>
  )
}

function MiniMap({ map, wrapped, rawBytes }: { map: ChunkMap; wrapped: boolean; rawBytes: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme()
  const colors = useMemo(() => ({ ...readColors(document.documentElement), scheme }), [scheme])
  const shape: MapShape = wrapped
    ? wrapShape(map.columns, { width: WIDTH + 56, height: HEIGHT + 30 })
    : { rows: map.rows, columns: map.columns, count: map.rows * map.columns }
  const image = useMapImage(map, shape, {
    mode: 'state',
    scale: null,
    projection: 'share',
    rawBytes,
    stored: colors.stored,
  })
  const cell = Math.min(24, WIDTH / shape.columns, HEIGHT / shape.rows)
  const sx = Math.min(24, WIDTH / shape.columns, cell * 4)
  const sy = Math.min(24, HEIGHT / shape.rows, cell * 4)
  const [width, height] = [Math.max(2, shape.columns * sx), Math.max(2, shape.rows * sy)]

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
    for (let c = 1; c < shape.columns; c++) {
      ctx.moveTo(c * sx, 0)
      ctx.lineTo(c * sx, height)
    }
    for (let r = 1; r < shape.rows; r++) {
      ctx.moveTo(0, r * sy)
      ctx.lineTo(width, r * sy)
    }
    ctx.stroke()
  })
  return <canvas ref={canvas} className={classes['miniCanvas']} style={{ width, height }} aria-hidden />
}
