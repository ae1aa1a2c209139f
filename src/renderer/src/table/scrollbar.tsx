import { type PointerEvent, useRef, useState } from 'react'
import { type AxisWindow, itemAtThumb, thumb } from './scaler'
import classes from './grid.module.css'

interface Props {
  axis: AxisWindow
  /** First visible item and how many fit. */
  first: number
  visible: number
  vertical: boolean
  label: string
  controls: string
  onScrollTo: (item: number) => void
}

/** A proportional scrollbar over items: exact at both ends for any number of them. */
export function Scrollbar({ axis, first, visible, vertical, label, controls, onScrollTo }: Props) {
  const track = useRef<HTMLDivElement>(null)
  const [grip, setGrip] = useState<number | null>(null)
  if (axis.total <= visible) return null
  const { start, size } = thumb(axis, first, visible)

  const fractionAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect()
    if (!box) return 0
    return vertical ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width
  }
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = fractionAt(event)
    const onThumb = at >= start && at <= start + size
    const inThumb = onThumb ? at - start : size / 2
    setGrip(inThumb)
    if (!onThumb) onScrollTo(itemAtThumb(axis, at - inThumb, visible))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (grip !== null) onScrollTo(itemAtThumb(axis, fractionAt(event) - grip, visible))
  }
  const percent = (n: number) => `${(n * 100).toFixed(3)}%`
  return (
    <div
      ref={track}
      role="scrollbar"
      aria-label={label}
      aria-controls={controls}
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={axis.total - 1}
      aria-valuenow={first}
      className={`${classes['track']} ${vertical ? classes['vertical'] : classes['horizontal']}`}
      data-vertical={vertical || undefined}
      data-dragging={grip !== null || undefined}
      onPointerDown={down}
      onPointerMove={drag}
      onPointerUp={() => setGrip(null)}
      onPointerCancel={() => setGrip(null)}
    >
      <div
        className={classes['thumb']}
        style={
          vertical
            ? { top: percent(start), height: percent(size) }
            : { left: percent(start), width: percent(size) }
        }
      />
    </div>
  )
}
