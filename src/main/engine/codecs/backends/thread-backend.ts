import { UsageError } from '@shared/errors'
import type { CodecBackend } from '../codec-backend'
import { fastBackend } from './fast-backend'
import { portableBackend } from './portable/portable-backend'
import { wasmBackend } from './wasm-backend'

const BACKENDS: Readonly<Record<string, CodecBackend>> = {
  fast: fastBackend,
  wasm: wasmBackend,
  portable: portableBackend,
}

/**
 * The backend that pipelines use: what the environment variable ZARRSCOPE_CODECS names, "fast" unless told otherwise.
 * Throws UsageError for a name that does not exist.
 */
export function threadBackend(name = process.env['ZARRSCOPE_CODECS'] ?? ''): CodecBackend {
  const backend = name === '' ? fastBackend : Object.hasOwn(BACKENDS, name) ? BACKENDS[name] : undefined
  if (backend) return backend
  throw new UsageError(`ZARRSCOPE_CODECS is "${name}"; it may be ${Object.keys(BACKENDS).join(', ')}.`)
}
