import type { ZarrFormat } from '@shared/model/node'
import type { ChunkCache } from '../cache/chunk-cache'
import type { CodecExecutor } from '../pool/executor'

/** What nodes need of the process they live in: where codecs run and what is remembered. */
export interface NodeContext {
  readonly executor: CodecExecutor
  readonly cache?: ChunkCache
}

/** What was found when a node was opened, besides the metadata that was chosen. */
export interface NodeOrigin {
  /** Formats whose documents exist at this path, the chosen one first. */
  formats: ZarrFormat[]
  /** The format that was asked for, which nodes below are opened with as well. */
  preferred?: ZarrFormat | undefined
  /** The documents of all of them: store key and text. */
  documents: { key: string; text: string }[]
  /** The difference between the node's own document and the consolidated copy, in words. */
  consolidatedDifference?: string
}
