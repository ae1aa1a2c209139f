/** What the loader uses of the platform's WebAssembly, which neither the ES nor the Node type library declares. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  type Module = object
  const Module: new (bytes: Uint8Array) => Module
  const Instance: new (
    module: Module,
    imports: Record<string, Record<string, () => void>>,
  ) => { readonly exports: object }
}
