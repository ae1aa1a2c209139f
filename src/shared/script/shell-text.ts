/** A word of a POSIX shell: as it is where that is safe, else in single quotes. */
const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A command line; a word that begins with "-" but is no option is for the caller to put behind "--". */
export const shellLine = (...words: string[]): string => words.map(shellWord).join(' ')

/** A node path as the command line takes it. */
export const nodeWord = (storePath: string, path: string): string =>
  path === '' ? storePath : `${storePath.replace(/[\\/]$/, '')}/${path}`
