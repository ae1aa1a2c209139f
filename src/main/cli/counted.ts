import { humanSize } from '@engine/nodes/human-size'

/** "1 node", "2 nodes". */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** A size for people: "224 bytes", "1.5M". */
export const inBytes = (bytes: number): string => (bytes < 1024 ? counted(bytes, 'byte') : humanSize(bytes))
