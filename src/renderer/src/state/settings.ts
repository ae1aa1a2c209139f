import { create } from 'zustand'

/** What the window remembers between runs. Widths in CSS pixels. */
export interface Settings {
  explorerOpen: boolean
  inspectorOpen: boolean
  explorerWidth: number
  inspectorWidth: number
}

const KEY = 'zarrscope.settings'
const DEFAULTS: Settings = {
  explorerOpen: true,
  inspectorOpen: true,
  explorerWidth: 264,
  inspectorWidth: 280,
}

/** Stored settings over the defaults; what is missing, broken or of another type is ignored. */
export function parseSettings(text: string | null): Settings {
  const settings = { ...DEFAULTS }
  let stored: unknown
  try {
    stored = JSON.parse(text ?? '{}')
  } catch {
    return settings
  }
  if (typeof stored !== 'object' || stored === null) return settings
  const known = stored as Partial<Record<keyof Settings, unknown>>
  const flag = (v: unknown, or: boolean): boolean => (typeof v === 'boolean' ? v : or)
  const width = (v: unknown, or: number): number =>
    typeof v === 'number' && v >= 120 && v <= 2000 ? Math.round(v) : or
  return {
    explorerOpen: flag(known.explorerOpen, settings.explorerOpen),
    inspectorOpen: flag(known.inspectorOpen, settings.inspectorOpen),
    explorerWidth: width(known.explorerWidth, settings.explorerWidth),
    inspectorWidth: width(known.inspectorWidth, settings.inspectorWidth),
  }
}

/** Storage that may be forbidden (a private window) must not stop the program. */
function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

export const useSettings = create<Settings>(() =>
  parseSettings(typeof window === 'undefined' ? null : (storage()?.getItem(KEY) ?? null)),
)

/** Changes settings, and keeps them for the next start. */
export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState(change)
  storage()?.setItem(KEY, JSON.stringify(useSettings.getState()))
}
