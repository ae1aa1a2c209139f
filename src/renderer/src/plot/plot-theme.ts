import { useMemo, useSyncExternalStore } from 'react'
import type { PlotAxis, PlotFont, PlotLayout } from './plotly-types'

/** The window's colours as plain CSS colours: plotly cannot read custom properties. */
export interface PlotTheme {
  scheme: 'light' | 'dark'
  background: string
  panel: string
  text: string
  dim: string
  border: string
  accent: string
  danger: string
  hatch: string
  /** Distinct colours for series, each 3:1 or more on the background. */
  series: readonly string[]
}

const SERIES = {
  light: ['#3b5bdb', '#c2410c', '#0b7a5b', '#a61e9c', '#8a6100', '#0b7285', '#c92a2a', '#5f3dc4'],
  dark: ['#8da2ff', '#ffa94d', '#51cf94', '#f08be6', '#e8c547', '#4dc9dd', '#ff8787', '#b197fc'],
} as const

const ATTRIBUTE = 'data-mantine-color-scheme'

/** Colours of the present theme; changes with it. */
export function usePlotTheme(): PlotTheme {
  const scheme = useSyncExternalStore(subscribe, presentScheme)
  return useMemo(() => readTheme(scheme), [scheme])
}

const presentScheme = (): 'light' | 'dark' =>
  document.documentElement.getAttribute(ATTRIBUTE) === 'dark' ? 'dark' : 'light'

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: [ATTRIBUTE] })
  return () => observer.disconnect()
}

function readTheme(scheme: 'light' | 'dark'): PlotTheme {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--zs-${name}`).trim()
  return {
    scheme,
    background: token('bg'),
    panel: token('panel'),
    text: token('text'),
    dim: token('dim'),
    border: token('border'),
    accent: token('accent'),
    danger: token('danger'),
    hatch: token('hatch'),
    series: SERIES[scheme],
  }
}

const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'

/** Settings that every figure of the window shares; the given ones are laid over them, axis by axis. */
export function themedLayout(theme: PlotTheme, layout: PlotLayout): PlotLayout {
  const small: PlotFont = { family: FAMILY, size: 11, color: theme.dim }
  const axis = (own: PlotAxis | undefined): PlotAxis => ({
    color: theme.dim,
    gridcolor: theme.border,
    linecolor: theme.border,
    zerolinecolor: theme.border,
    tickcolor: theme.border,
    tickfont: small,
    ticks: 'outside',
    ticklen: 4,
    showline: true,
    automargin: layout.margin === undefined,
    tickangle: 0,
    exponentformat: 'power',
    ...own,
    ...(own?.title ? { title: { font: { ...small, size: 12 }, standoff: 8, ...own.title } } : {}),
  })
  return {
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    font: { family: FAMILY, size: 12, color: theme.text },
    margin: { l: 56, r: 16, t: 12, b: 44 },
    hoverlabel: {
      bgcolor: theme.panel,
      bordercolor: theme.border,
      font: { family: FAMILY, color: theme.text },
    },
    showlegend: false,
    ...layout,
    xaxis: axis(layout.xaxis),
    yaxis: axis(layout.yaxis),
  }
}
