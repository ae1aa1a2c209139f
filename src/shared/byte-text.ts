const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** 2306867 → "2.2 MiB"; whole numbers of bytes stay whole. */
export function formatBytes(bytes: number): string {
  let unit = 0
  let value = bytes
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  // 1023.96 would print as 1024.0.
  if (unit > 0 && value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return unit === 0 ? `${GROUPED.format(value)} B` : `${value.toFixed(1)} ${UNITS[unit]}`
}
