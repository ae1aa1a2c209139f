import { dataType } from '@shared/dtype/registry'
import type { ArrayDetail } from '@shared/model/node'
import { formatBytes } from '../ui/format'
import type { ColorMode } from './map-values'

/** 2026-03-14 09:26:53 UTC. */
export const formatTime = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** A value of a mode as people read it: bytes, a ratio, an item of the array, a time. */
export function modeText(array: ArrayDetail, mode: ColorMode, value: number): string {
  if (mode === 'bytes') return formatBytes(value)
  if (mode === 'ratio') return value.toFixed(1)
  return mode === 'modified' ? formatTime(value) : itemText(array, value)
}

/** An item that was told as a double: dates in ticks, integers beyond 2^53 rounded. */
function itemText({ dtype }: ArrayDetail, value: number): string {
  if (dtype?.kind === 'bool') return value === 0 ? 'False' : 'True'
  if ((dtype?.kind === 'datetime' || dtype?.kind === 'timedelta') && Number.isFinite(value))
    return dataType(dtype).format(BigInt(Math.round(value)))
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  return String(Number(value.toPrecision(6)))
}
