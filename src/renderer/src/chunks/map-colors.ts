import type { Rgb } from './color-scale'
import type { StateColors } from './map-values'

/** Colours of the map as the theme has them. */
export interface MapColors extends StateColors {
  background: string
  text: string
  dim: string
  hatch: string
  danger: string
  warning: string
}

/** Reads the colours from the custom properties of the page. */
export function readColors(element: Element): MapColors {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(`--zs-${name}`).trim()
  return {
    background: color('bg'),
    text: color('text'),
    dim: color('dim'),
    hatch: color('hatch'),
    danger: color('danger'),
    warning: color('warning'),
    stored: parseHex(color('stored')),
    fillOnly: parseHex(color('fill-only')),
    edited: parseHex(color('edited')),
    corrupt: parseHex(color('danger')),
    unknown: parseHex(color('border-strong')),
  }
}

function parseHex(text: string): Rgb {
  const n = Number.parseInt(text.slice(1), 16)
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}
