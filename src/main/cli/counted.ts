/** "1 node", "2 nodes". */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
