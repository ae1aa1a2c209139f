export { fastBackend } from '@engine/codecs/backends/fast-backend'
export { codecModule } from '@engine/codecs/wasm/codec-module'
