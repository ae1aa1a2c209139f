import type { Rgb } from '../ui/color-maps'
import type { Palette } from './paint'
import type { NanColor } from './plot-state'
import type { PlotTheme } from './plot-theme'

/** Colours of what has no value: no number, never stored, unreadable. */
export function fixedColors(
  theme: PlotTheme,
  nanColor: NanColor,
): Pick<Palette, 'nan' | 'missing' | 'error'> {
  const background = rgb(theme.background)
  const nan = {
    background,
    grey: [136, 140, 148] as const,
    black: [0, 0, 0] as const,
    white: [255, 255, 255] as const,
    red: [224, 49, 49] as const,
  }[nanColor]
  return {
    nan,
    missing: { back: background, line: rgb(theme.hatch) },
    error: { back: background, line: rgb(theme.danger) },
  }
}

/** The colour of a token, written as #rrggbb or, where a tool made it shorter, #rgb. */
function rgb(text: string): Rgb {
  const digits = text.replace('#', '')
  const six = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
  const n = Number.parseInt(six, 16)
  return Number.isNaN(n) ? [128, 128, 128] : [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}
