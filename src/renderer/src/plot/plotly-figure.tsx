import { useElementSize, useMergedRef } from '@mantine/hooks'
import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { reportProblem } from '../state/problems'
import { ErrorNote, Loading } from '../ui/states'
import type { FigureSize } from './frame-layout'
import { loadPlotly } from './load-plotly'
import classes from './plot.module.css'
import { themedLayout, usePlotTheme } from './plot-theme'
import type { PlotConfig, PlotEvents, PlotLayout, PlotlyLibrary, PlotTrace } from './plotly-types'

/** What a figure can be asked for once it is drawn. */
export interface FigureHandle {
  /** The figure as a picture at its size on screen; a PNG has twice the pixels. Rejects before the first drawing. */
  picture: (format: 'png' | 'svg') => Promise<Blob>
}

interface Props {
  /** The accessible name. */
  label: string
  /** What a person who cannot see the figure should know of it: ranges, counts. */
  description: string
  data: readonly PlotTrace[]
  /** Laid over the theme's settings (`themedLayout`); width and height follow the element. Redrawn when its identity changes. */
  layout?: PlotLayout
  config?: PlotConfig
  onHover?: (event: PlotEvents['plotly_hover']) => void
  onLeave?: () => void
  onClick?: (event: PlotEvents['plotly_click']) => void
  /** The person zoomed or panned. */
  onRelayout?: (change: PlotEvents['plotly_relayout']) => void
  onDoubleClick?: () => void
  /** The element has this size now; settings that depend on it can follow. */
  onSize?: (size: FigureSize) => void
  handle?: Ref<FigureHandle>
}

const CONFIG: PlotConfig = {
  displayModeBar: false,
  displaylogo: false,
  showTips: false,
  showAxisRangeEntryBoxes: false,
}

const NO_LAYOUT: PlotLayout = {}
const NO_CONFIG: PlotConfig = {}

/**
 * A figure by plotly, which is fetched when the first one is seen. It fills its parent, follows its size and the theme,
 * and is an image with name and description to assistive technology.
 */
export function PlotlyFigure({
  label,
  description,
  data,
  layout = NO_LAYOUT,
  config = NO_CONFIG,
  onHover,
  onLeave,
  onClick,
  onRelayout,
  onDoubleClick,
  onSize,
  handle,
}: Props) {
  const id = useId()
  const theme = usePlotTheme()
  const { plotly, error, retry } = usePlotly()
  const { ref: sized, width, height } = useElementSize()
  const element = useRef<HTMLDivElement>(null)
  const ref = useMergedRef(sized, element)
  const drawn = useRef(false)
  const drawing = useRef(Promise.resolve())
  const listeners = useRef({ onHover, onLeave, onClick, onRelayout, onDoubleClick, onSize })

  useEffect(() => {
    listeners.current = { onHover, onLeave, onClick, onRelayout, onDoubleClick, onSize }
  })
  useEffect(() => {
    if (width >= 1 && height >= 1) listeners.current.onSize?.({ width, height })
  }, [width, height])
  useEffect(() => {
    const node = element.current
    if (!plotly || !node || width < 1 || height < 1) return
    const whole = { ...themedLayout(theme, layout), width, height }
    // Plotly does not bear to be asked for one drawing, or to be cleared away, while it is at another.
    let outdated = false
    const draw = async (): Promise<void> => {
      if (outdated) return
      const plot = await plotly.react(node, data, whole, { ...CONFIG, ...config })
      if (drawn.current) return
      drawn.current = true
      plot.on('plotly_hover', (event) => listeners.current.onHover?.(event))
      plot.on('plotly_unhover', () => listeners.current.onLeave?.())
      plot.on('plotly_click', (event) => listeners.current.onClick?.(event))
      plot.on('plotly_relayout', (change) => listeners.current.onRelayout?.(change))
      plot.on('plotly_doubleclick', () => listeners.current.onDoubleClick?.())
    }
    drawing.current = drawing.current.then(draw).catch(reportProblem)
    return () => {
      outdated = true
    }
  }, [plotly, theme, data, layout, config, width, height])
  useEffect(() => {
    const node = element.current
    return () => {
      drawn.current = false
      if (node && plotly) drawing.current = drawing.current.then(() => plotly.purge(node))
    }
  }, [plotly])
  useImperativeHandle(
    handle,
    () => ({
      picture: async (format) => {
        const node = element.current
        if (!plotly || !node) throw new Error('the figure is not drawn yet')
        await drawing.current
        const scale = format === 'png' ? 2 : 1
        const options = { format, width, height, scale, imageDataOnly: true } as const
        return pictureBlob(await plotly.toImage(node, options), format)
      },
    }),
    [plotly, width, height],
  )

  return (
    <div className={classes['figure']} role="img" aria-label={label} aria-describedby={id}>
      <div ref={ref} className={classes['canvas']} aria-hidden />
      <p id={id} className={classes['description']}>
        {description}
      </p>
      {error !== null && <ErrorNote error={error} onRetry={retry} />}
      {!plotly && error === null && <Loading what="Fetching the plot library" />}
    </div>
  )
}

function usePlotly(): { plotly: PlotlyLibrary | null; error: unknown; retry: () => void } {
  const [plotly, setPlotly] = useState<PlotlyLibrary | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let left = false
    loadPlotly().then(
      (library) => {
        // A function as state would be called.
        if (!left) setPlotly(() => library)
      },
      (thrown: unknown) => {
        if (!left) setError(thrown)
      },
    )
    return () => {
      left = true
    }
  }, [attempt])
  const retry = (): void => {
    setError(null)
    setAttempt((n) => n + 1)
  }
  return { plotly, error, retry }
}

function pictureBlob(data: string, format: 'png' | 'svg'): Blob {
  if (format === 'svg') return new Blob([data], { type: 'image/svg+xml' })
  return new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: 'image/png' })
}
