import { useDebouncedValue } from '@mantine/hooks'
import { useRequest } from '../rpc/use-request'
import { formatBytes, formatCount, formatRatio, formatRegion, printable } from '../ui/format'
import classes from './chunks.module.css'
import type { CellInfo } from './map-model'

/** A chunk under the resting pointer is read for its key up to this size. */
const LARGEST_READ = 16 * 2 ** 20

/** What lies under the pointer: coordinates, region, key, bytes, ratio. */
export function HoverCard({
  hover,
  rawBytes,
  store,
  path,
  corrupt,
}: {
  /** Where the pointer is, and the room at its right. */
  hover: { info: CellInfo; x: number; y: number; right: number }
  rawBytes: number
  store: string
  path: string
  corrupt: ReadonlySet<string>
}) {
  const { info, x, y, right } = hover
  const id = info.coords.join(',')
  const [rested] = useDebouncedValue(id, 250)
  const ask = rested === id && info.single && rawBytes <= LARGEST_READ
  const { data } = useRequest('array.chunk', ask ? { store, path, coords: info.coords } : null)
  const key = data?.coords.join(',') === id ? data.key : null
  const missing = info.total - info.initialized
  const chunks = info.coords.map((c, i) => {
    const n = info.extent[i] ?? 1
    return n === 1 ? String(c) : `${c}–${c + n - 1}`
  })
  return (
    <div
      className={classes['hover']}
      style={{ left: x, top: y }}
      data-up={y > 160 || undefined}
      data-left={(right < 300 && x > right) || undefined}
    >
      <div className={classes['hoverTitle']}>
        {info.single ? 'Chunk' : `${formatCount(info.total)} chunks`} ({chunks.join(', ')})
      </div>
      <div>[{formatRegion(info.start, info.shape)}]</div>
      {key !== null && <div>{printable(key)}</div>}
      {info.single ? (
        <div>
          {info.initialized === 0
            ? `${formatBytes(rawBytes)} → missing`
            : `${formatBytes(rawBytes)} → ${formatBytes(info.bytes)}, ratio ${formatRatio(rawBytes, info.bytes)}`}
          {corrupt.has(id) && ', cannot be decoded'}
        </div>
      ) : (
        <div>
          {formatCount(info.initialized)} stored, {formatCount(missing)} missing, {formatBytes(info.bytes)}
        </div>
      )}
    </div>
  )
}
