import type { SizeHistogram } from '@shared/model/node'
import { formatBytes, formatCount } from '../ui/format'
import classes from './chunks.module.css'

const WIDTH = 240
const HEIGHT = 64

/** Bars of a histogram over sizes, with its ends written below. */
export function HistogramView({ histogram }: { histogram: SizeHistogram }) {
  const { counts, edges, log } = histogram
  const most = Math.max(...counts)
  const width = WIDTH / counts.length
  const first = edges[0] ?? 0
  const last = edges.at(-1) ?? 0
  const label = `Histogram of stored sizes from ${formatBytes(first)} to ${formatBytes(last)}, ${formatCount(most)} chunks in the fullest bin`
  return (
    <figure className={classes['histogram']}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {counts.map((count, i) => {
          // A bin with anything in it is at least a line.
          const height = count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT)
          return (
            <rect
              key={i}
              x={i * width + 0.5}
              y={HEIGHT - height}
              width={Math.max(1, width - 1)}
              height={height}
            >
              <title>
                {`${formatBytes(edges[i] ?? 0)} – ${formatBytes(edges[i + 1] ?? 0)}: ${formatCount(count)}`}
              </title>
            </rect>
          )
        })}
      </svg>
      <figcaption>
        <span>{formatBytes(first)}</span>
        {log && <span>logarithmic</span>}
        <span>{formatBytes(last)}</span>
      </figcaption>
    </figure>
  )
}
