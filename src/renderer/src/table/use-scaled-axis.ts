import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type AxisWindow, fullWindow, isWindowed, windowAround } from './scaler'

type Scroller = Virtualizer<HTMLDivElement, Element>

export interface ScaledAxis {
  axis: AxisWindow
  virtualizer: Scroller
  /** True index of the first item that is wholly or partly visible, and how many fit. */
  first: number
  visible: number
  /** Puts an item at the start of the view. */
  scrollTo: (item: number) => void
  /** Scrolls as little as needed for an item to be seen. */
  reveal: (item: number) => void
}

interface Options {
  total: number
  horizontal: boolean
  scroller: RefObject<HTMLDivElement | null>
  /** Pixels of the sticky header at the start. */
  padding: number
  /** Size of the item with this true index. */
  size: (item: number) => number
  overscan: number
}

/**
 * One axis of the table: react-virtual over a window of the true axis (see scaler.ts), re-based before the next paint
 * when scrolling comes near an end of the window.
 */
export function useScaledAxis({ total, horizontal, scroller, padding, size, overscan }: Options): ScaledAxis {
  const [axis, setAxis] = useState<AxisWindow>(() => fullWindow(total))
  const current = axis.total === total ? axis : fullWindow(total)
  if (current !== axis) setAxis(current)
  const { base, count } = current

  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count,
    horizontal,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((i: number) => size(base + i), [size, base]),
    paddingStart: padding,
    scrollPaddingStart: padding,
    overscan,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, size, base, padding])

  // The offset to set once the window has moved: the same item stays at the same place on screen.
  const landing = useRef<number | null>(null)
  // Set while what was rendered last still belongs to the offset before the landing.
  const landed = useRef(false)
  useLayoutEffect(() => {
    if (landing.current === null) return
    const offset = landing.current
    landing.current = null
    const element = scroller.current
    if (!element) return
    virtualizer.measure()
    if (horizontal) element.scrollLeft = offset
    else element.scrollTop = offset
    // Render for the new offset before the paint; the scroll event comes only after it.
    virtualizer.scrollOffset = offset
    landed.current = true
    virtualizer.options.onChange(virtualizer, false)
  }, [base, horizontal, scroller, virtualizer])

  const offset = virtualizer.scrollOffset ?? 0
  const extent = Math.max(0, (virtualizer.scrollRect?.[horizontal ? 'width' : 'height'] ?? 0) - padding)
  const firstItem = virtualizer.getVirtualItemForOffset(offset + padding)
  const first = base + (firstItem?.index ?? 0)
  const visible = Math.max(1, Math.floor(extent / Math.max(1, size(first))))

  useEffect(() => {
    if (landed.current) {
      landed.current = false
      return
    }
    const moved = windowAround(current, first, visible)
    if (moved === current) return
    landing.current = offset - (moved.base - current.base) * size(first)
    setAxis(moved)
  }, [current, first, visible, offset, size])

  const place = (item: number, align: 'start' | 'auto') => {
    const target = Math.max(0, Math.min(item, total - 1))
    const inside = target - base
    const near = isWindowed(current) && (inside < visible * 2 || inside > count - visible * 2)
    const moved = near ? windowAround(current, target, visible) : current
    if (moved !== current) {
      const rows = target - moved.base - (align === 'start' ? 0 : Math.floor(visible / 2))
      landing.current = Math.max(0, rows * size(target))
      setAxis(moved)
      return
    }
    virtualizer.scrollToIndex(inside, { align })
  }
  return {
    axis: current,
    virtualizer,
    first,
    visible,
    scrollTo: (item) => place(item, 'start'),
    reveal: (item) => place(item, 'auto'),
  }
}
