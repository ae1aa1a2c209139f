/** What the codecs use of the platform's WebAssembly, which neither the ES nor the Node type library declares. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  const Memory: new (descriptor: { initial: number; maximum: number; shared: true }) => Memory
  // An interface, so that it agrees with the declarations that h5wasm brings along.
  interface Module {
    readonly [Symbol.toStringTag]?: string
  }
  const Module: new (bytes: Uint8Array) => Module
  const Instance: new (
    module: Module,
    imports: Record<string, Record<string, (() => void) | Memory>>,
  ) => { readonly exports: object }
  function validate(bytes: Uint8Array): boolean
}
