/**
 * - `metadata`: a document that cannot be read or says something impossible
 * - `consolidated`: consolidated metadata that differs from the nodes' own documents
 * - `stray`: a key that belongs to no node, a chunk outside its array, or a file that a killed write left
 * - `size`: a chunk whose stored size cannot be right
 * - `chunk`: a chunk that does not decode, or whose checksum is wrong
 * - `unsupported`: an array whose chunks cannot be checked
 */
export type ProblemKind = 'metadata' | 'consolidated' | 'stray' | 'size' | 'chunk' | 'unsupported'

export interface Problem {
  /** Path of the node inside the store. */
  node: string
  /** Store key, "" where the node as a whole is meant. */
  key: string
  kind: ProblemKind
  message: string
}

export interface VerifyReport {
  problems: Problem[]
  checked: { nodes: number; chunks: number }
}

export interface VerifyOptions {
  /** Reads and decodes every stored chunk, which checks checksums. */
  data?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
  /** Waited for before each chunk. */
  gate?: (() => Promise<void>) | undefined
}
