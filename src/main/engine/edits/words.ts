/** "1,240 cells", "1 cell". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

/** A node as people see it: "/obs/t". */
export const shown = (path: string): string => `/${path}`

const LONGEST = 10_000

/** A text that is not longer than a review shows. */
export const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
