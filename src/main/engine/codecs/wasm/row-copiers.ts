import type { RowCopier, RowCopiers } from '../../chunks/row-copier'
import { codecModule } from './codec-module'

/** A module with two memories: the codecs', imported first, and a shared one. WebAssembly 3.0, section 5.5. */
const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  // One type: six i32 (from, step, to, step, bytes, rows), no result.
  ...[0x01, 0x0a, 0x01, 0x60, 0x06, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x00],
  // Imports "m" "a", of any size, and "m" "b", shared, of at most 65,536 pages.
  ...[0x02, 0x12, 0x02, 0x01, 0x6d, 0x01, 0x61, 0x02, 0x00, 0x00],
  ...[0x01, 0x6d, 0x01, 0x62, 0x02, 0x03, 0x00, 0x80, 0x80, 0x04],
  // Two functions of that type, exported as "out" and "in".
  ...[0x03, 0x03, 0x02, 0x00, 0x00],
  ...[0x07, 0x0c, 0x02, 0x03, 0x6f, 0x75, 0x74, 0x00, 0x00, 0x02, 0x69, 0x6e, 0x00, 0x01],
  ...[0x0a, 0x4f, 0x02, ...body(1, 0), ...body(0, 1)],
])

/** loop: memory.copy of a row between these memories; from += step; to += step; again while --rows is not 0. */
function body(to: number, from: number): number[] {
  return [
    ...[0x26, 0x00, 0x03, 0x40],
    ...[0x20, 0x02, 0x20, 0x00, 0x20, 0x04, 0xfc, 0x0a, to, from],
    ...[0x20, 0x00, 0x20, 0x01, 0x6a, 0x21, 0x00],
    ...[0x20, 0x02, 0x20, 0x03, 0x6a, 0x21, 0x02],
    ...[0x20, 0x05, 0x41, 0x01, 0x6b, 0x22, 0x05, 0x0d, 0x00],
    ...[0x0b, 0x0b],
  ]
}

interface Copiers {
  readonly out: RowCopier
  readonly in: RowCopier
}

let isAble: boolean | undefined
let compiled: WebAssembly.Module | undefined
const known = new WeakMap<WebAssembly.Memory, WeakMap<WebAssembly.Memory, Copiers>>()

/** Whether this Node knows modules with several memories (from version 22 on). */
export const canCopyRows = (): boolean => (isAble ??= WebAssembly.validate(MODULE))

/**
 * Copies between the codecs' memory on this thread and a shared one, inside WebAssembly: `TypedArray.set` on shared
 * memory moves words one by one and needs a view for every row, which takes half as long again.
 */
export function rowCopiers(shared: WebAssembly.Memory): RowCopiers {
  const between = (bytes: Uint8Array): Copiers | undefined => {
    const memory = codecModule().memoryOf(bytes)
    return memory && copiersBetween(memory, shared)
  }
  return { out: (bytes) => between(bytes)?.out, in: (bytes) => between(bytes)?.in }
}

function copiersBetween(codecs: WebAssembly.Memory, shared: WebAssembly.Memory): Copiers {
  let ofCodecs = known.get(codecs)
  if (!ofCodecs) known.set(codecs, (ofCodecs = new WeakMap()))
  let copiers = ofCodecs.get(shared)
  if (!copiers) {
    compiled ??= new WebAssembly.Module(MODULE)
    const { exports }: { exports: object } = new WebAssembly.Instance(compiled, {
      m: { a: codecs, b: shared },
    })
    ofCodecs.set(shared, (copiers = exports as Copiers))
  }
  return copiers
}
