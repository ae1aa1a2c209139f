/** Bytes of the typed arrays, buffers and strings inside a message; the rest counts as nothing. */
export function payloadBytes(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (value === null || typeof value !== 'object') return 0
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength
  let bytes = 0
  for (const item of Array.isArray(value) ? value : Object.values(value)) bytes += payloadBytes(item)
  return bytes
}

/**
 * The same message in which every view covers its whole buffer. Structured clone copies the buffer behind a view, not
 * the view: a row of a cached chunk would drag the whole chunk along. Returns its argument where nothing is to do.
 */
export function withCompactViews<T>(value: T): T {
  if (value === null || typeof value !== 'object' || value instanceof ArrayBuffer) return value
  if (ArrayBuffer.isView(value)) {
    if (value.byteLength === value.buffer.byteLength || value instanceof DataView) return value
    return (value as unknown as Uint8Array).slice() as T
  }
  if (Array.isArray(value)) {
    const items: unknown[] = value
    const compact = items.map(withCompactViews)
    return compact.some((item, i) => item !== items[i]) ? (compact as T) : value
  }
  let copy: Record<string, unknown> | undefined
  for (const [key, item] of Object.entries(value)) {
    const compact: unknown = withCompactViews(item)
    if (compact !== item) (copy ??= { ...(value as Record<string, unknown>) })[key] = compact
  }
  return (copy as T | undefined) ?? value
}
