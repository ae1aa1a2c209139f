import type { VariableItems } from '../chunks/gather-variable'

/** As many items as that, each the fill value (the empty one where there is none). */
export function filledItems(fill: Uint8Array | null, count: number): VariableItems {
  const item = fill ?? new Uint8Array()
  const data = new Uint8Array(item.length * count)
  for (let i = 0; i < count; i++) data.set(item, i * item.length)
  return { data, offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * item.length) }
}
