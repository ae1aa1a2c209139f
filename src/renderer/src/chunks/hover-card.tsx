import { useDebouncedValue } from '@mantine/hooks'
import type { ArrayDetail } from '@shared/model/node'
import { useRequest } from '../rpc/use-request'
import { printable } from '../ui/format'
import { cellRegion, cellState, cellTitle } from './cell-words'
import classes from './chunks.module.css'
import type { CellInfo } from './map-model'
import type { ColorMode } from './map-values'
import { modeText } from './value-text'

/** A chunk under the resting pointer is read for its key up to this size. */
const LARGEST_READ = 16 * 2 ** 20

/** What lies under the pointer: coordinates, region, key, bytes, ratio, and the value that colours it. */
export function HoverCard({
  hover,
  rawBytes,
  store,
  path,
  array,
  mode,
  why,
}: {
  /** Where the pointer is, and the room at its right. */
  hover: { info: CellInfo; x: number; y: number; right: number }
  rawBytes: number
  store: string
  path: string
  array: ArrayDetail
  mode: ColorMode
  /** Why the chunk cannot be decoded, where that is known. */
  why: string | undefined
}) {
  const { info, x, y, right } = hover
  const id = info.coords.join(',')
  const [rested] = useDebouncedValue(id, 250)
  const ask = rested === id && info.single && rawBytes <= LARGEST_READ
  const { data } = useRequest('array.chunk', ask ? { store, path, coords: info.coords } : null)
  const key = data?.coords.join(',') === id ? data.key : null
  const region = cellRegion(info)
  const { measured } = info
  const isLeft = right < 300 && x > right
  return (
    <div
      className={classes['hover']}
      style={{ left: x, top: y, ...(isLeft ? {} : { maxWidth: Math.min(340, Math.max(160, right - 22)) }) }}
      data-up={y > 160 || undefined}
      data-left={isLeft || undefined}
    >
      <div className={classes['hoverTitle']}>{cellTitle(info)}</div>
      {region !== null && <div>{region}</div>}
      {key !== null && <div>{printable(key)}</div>}
      <div>{cellState(info, rawBytes, why)}</div>
      {measured !== undefined && !Number.isNaN(measured) && (
        <div>
          {MEASURES[mode]} {modeText(array, mode, measured)}
        </div>
      )}
      {why !== undefined && <div className={classes['hoverWhy']}>{printable(why)}</div>}
    </div>
  )
}

const MEASURES: Record<ColorMode, string> = {
  state: '',
  bytes: '',
  ratio: '',
  min: 'minimum',
  max: 'maximum',
  modified: 'last written',
}
