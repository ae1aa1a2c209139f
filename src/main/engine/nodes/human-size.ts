const UNITS = ['K', 'M', 'G', 'T', 'P']

/** Bytes as the summary block prints them: plain below 1024, else one decimal with K, M, G, T, P (powers of 1024). */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let value = bytes
  let unit = -1
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${oneDecimal(value)}${UNITS[unit]!}`
}

/** `%.1f` of C and Python: ties decided by the exact binary value, which `toFixed` does as well below 1e21. */
export function oneDecimal(value: number): string {
  return Number.isFinite(value) && Math.abs(value) >= 1e21
    ? BigInt(Math.round(value)).toString() + '.0'
    : value.toFixed(1)
}
