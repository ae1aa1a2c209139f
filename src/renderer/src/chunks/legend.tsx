import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { memo, type ReactNode, useMemo } from 'react'
import classes from './chunks.module.css'
import { type Scale, viridis } from './color-scale'
import type { ColorMode, Projection } from './map-values'
import { modeText } from './value-text'

const GRADIENT = `linear-gradient(to right, ${Array.from({ length: 9 }, (_, i) => `rgb(${viridis(i / 8).join(' ')})`).join(', ')})`

const UNITS: Record<ColorMode, string> = {
  state: '',
  bytes: ' per chunk',
  ratio: ' times smaller',
  min: ', least value',
  max: ', greatest value',
  modified: ', last written',
}

/** What the colours, the signs and the hatching mean. */
export const Legend = memo(function Legend({
  map,
  mode,
  scale,
  projection,
  array,
  corrupt,
}: {
  /** What is drawn: the finer part where there is one. */
  map: ChunkMap
  mode: ColorMode
  scale: Scale | null
  projection: Projection
  array: ArrayDetail
  /** Some chunks were found to be undecodable. */
  corrupt: boolean
}) {
  const { sum } = map
  const partly = useMemo(() => map.total.some((n) => n > 1), [map])
  const needsLook = (mode === 'min' || mode === 'max') && sum.checked < sum.initialized
  return (
    <div className={classes['legend']} role="note" aria-label="Legend">
      <Entry swatch={classes['swatchMissing']}>missing</Entry>
      {mode === 'state' ? (
        <>
          <Entry swatch={classes['swatchStored']}>
            stored{partly && projection === 'mean' && ', paler where only some chunks are'}
          </Entry>
          {sum.fillOnly > 0 && (
            <Entry swatch={classes['swatchFill']} sign="○">
              nothing but the fill value
            </Entry>
          )}
          {sum.edited > 0 && (
            <Entry swatch={classes['swatchEdited']} sign="◥">
              edited, not saved
            </Entry>
          )}
        </>
      ) : (
        scale && (
          <span>
            {modeText(array, mode, scale.min)}{' '}
            <i className={classes['gradient']} style={{ background: GRADIENT }} aria-hidden />{' '}
            {modeText(array, mode, scale.max)}
            {UNITS[mode]}
            {scale.log && ', logarithmic'}
          </span>
        )
      )}
      {needsLook && <Entry swatch={classes['swatchUnknown']}>stored, not decoded yet</Entry>}
      {(corrupt || sum.corrupt > 0) && (
        <Entry swatch={classes['swatchCorrupt']} sign="×">
          cannot be decoded
        </Entry>
      )}
      {map.shard && <span>lines: shards</span>}
      {(map.binRows > 1 || map.binColumns > 1) && (
        <span>
          a cell is {map.binRows} × {map.binColumns} chunks
        </span>
      )}
    </div>
  )
})

function Entry({
  swatch,
  sign,
  children,
}: {
  swatch: string | undefined
  sign?: string
  children: ReactNode
}) {
  return (
    <span>
      <i className={swatch} aria-hidden>
        {sign}
      </i>{' '}
      {children}
    </span>
  )
}
