import type { CodecBackend } from '../codec-backend'
import { wasmBackend } from './wasm-backend'

/** The backend that this thread's pipelines use. */
export const threadBackend = (): CodecBackend => wasmBackend
