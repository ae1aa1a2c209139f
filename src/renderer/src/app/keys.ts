/** Key combinations as they are written in the table of commands: "Mod+Shift+P", "Alt+Down", "F5". */

export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** "Mod" is Command on macOS, Control elsewhere. */
export function matchesKeys(combination: string, press: KeyPress, mac: boolean): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (name: string): boolean => parts.includes(name)
  const mod = mac ? press.metaKey : press.ctrlKey
  const other = mac ? press.ctrlKey : press.metaKey
  return (
    wants('Mod') === mod &&
    !other &&
    wants('Shift') === press.shiftKey &&
    wants('Alt') === press.altKey &&
    isKey(key, press)
  )
}

/** Letters and digits by their place on the keyboard where a modifier changes what they type (Alt on macOS). */
function isKey(key: string, press: KeyPress): boolean {
  if (/^[A-Z]$/.test(key)) return press.key.toUpperCase() === key || press.code === `Key${key}`
  if (/^\d$/.test(key)) return press.key === key || press.code === `Digit${key}`
  if (/^(Up|Down|Left|Right)$/.test(key)) return press.key === `Arrow${key}`
  return press.key === key
}

/** How the combination is printed for people: "⌘⇧P" on macOS, "Ctrl+Shift+P" elsewhere. */
export function printKeys(combination: string, mac: boolean): string {
  const parts = combination.split('+')
  if (!mac) return parts.map((p) => (p === 'Mod' ? 'Ctrl' : p)).join('+')
  const signs: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
  return parts.map((p) => signs[p] ?? p).join('')
}
