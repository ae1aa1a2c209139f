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

/** `%.1f` of C and Python. A tie can only end in .25 or .75; it goes to the even digit, where `toFixed` goes up. */
export function oneDecimal(value: number): string {
  if (Math.abs(value) >= 1e21) return `${BigInt(Math.round(value))}.0`
  const tie = Math.abs(value * 4) % 2 === 1 && Math.abs(value % 1) === 0.25
  return (tie ? value - Math.sign(value) / 16 : value).toFixed(1)
}
