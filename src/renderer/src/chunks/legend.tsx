import type { ChunkMap } from '@shared/model/chunk-map'
import { useMemo } from 'react'
import { formatBytes } from '../ui/format'
import classes from './chunks.module.css'
import { viridis } from './color-scale'
import { type ColorMode, mapScale, type Projection } from './map-model'

const GRADIENT = `linear-gradient(to right, ${Array.from({ length: 9 }, (_, i) => `rgb(${viridis(i / 8).join(' ')})`).join(', ')})`

/** What the colours and the hatching mean. */
export function Legend({
  map,
  mode,
  projection,
  rawBytes,
  corrupt,
}: {
  map: ChunkMap
  mode: ColorMode
  projection: Projection
  rawBytes: number
  /** Some chunks were found to be undecodable. */
  corrupt: boolean
}) {
  const scale = useMemo(
    () => (mode === 'state' ? null : mapScale(map, mode, rawBytes)),
    [map, mode, rawBytes],
  )
  const binned = map.binRows > 1 || map.binColumns > 1
  const partly = useMemo(() => map.total.some((n) => n > 1), [map])
  const show = (v: number): string => (mode === 'bytes' ? formatBytes(v) : v.toFixed(1))
  return (
    <div className={classes['legend']} role="note" aria-label="Legend">
      <span>
        <i className={classes['swatchMissing']} aria-hidden /> missing
      </span>
      {mode === 'state' && (
        <span>
          <i className={classes['swatchStored']} aria-hidden /> stored
          {partly && projection === 'share' && ', paler where only some chunks are'}
        </span>
      )}
      {scale && (
        <span>
          {show(scale.min)} <i className={classes['gradient']} style={{ background: GRADIENT }} aria-hidden />{' '}
          {show(scale.max)}
          {mode === 'bytes' ? ' per chunk' : ' times smaller'}
          {scale.log && ', logarithmic'}
        </span>
      )}
      {corrupt && (
        <span>
          <i className={classes['swatchCorrupt']} aria-hidden>
            ×
          </i>{' '}
          cannot be decoded
        </span>
      )}
      {map.shard && <span>lines: shards</span>}
      {binned && (
        <span>
          a cell is {map.binRows} × {map.binColumns} chunks
        </span>
      )}
    </div>
  )
}
