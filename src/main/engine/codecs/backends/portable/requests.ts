/** What the thread of npm numcodecs is asked to do, and its answer; plain data. */
export interface NumcodecsRequest {
  readonly codec: 'blosc' | 'lz4' | 'zstd'
  readonly configuration: Readonly<Record<string, string | number>>
  readonly how: 'decode' | 'encode'
  readonly input: Uint8Array
}

export type NumcodecsAnswer = { readonly output: Uint8Array } | { readonly error: string }

/** What the thread is started with: it adds one to the first word of `signal` after every answer. */
export interface NumcodecsThreadData {
  readonly port: import('node:worker_threads').MessagePort
  readonly signal: SharedArrayBuffer
}
