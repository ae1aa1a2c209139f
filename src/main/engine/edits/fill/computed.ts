import { isAborted, ValueError, ZarrscopeError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { concatBytes } from '@shared/dtype/concat-bytes'
import { compileExpression, type ExpressionScope } from '@shared/expression/expression'
import type { Items } from '../../nodes/writing/cast-items'
import { pacer } from '../../stores/pacer'
import { cellName, cellsOf, indexIn, type BoxItems } from './box'

/** Cells computed between two looks at the clock. */
const SLICE = 256

/** Values that an expression gives for each cell. Throws ExpressionError. */
export function computedItems(text: string, scope: ExpressionScope): BoxItems {
  const { evaluate, usesValue } = compileExpression(text, scope)
  const type = dataType(scope.dtype)
  return {
    needsPresent: usesValue,
    async read(box, present) {
      const count = cellsOf(box)
      const indexOf = indexIn(box)
      const valueAt = itemReader(present, type)
      const parts = new Array<Uint8Array>(count)
      const pause = pacer()
      for (let i = 0; i < count; i++) {
        const index = indexOf(i)
        try {
          parts[i] = type.encode(evaluate(valueAt(i), index))
        } catch (error) {
          throw inCell(error, index)
        }
        if (i % SLICE === 0) await pause()
      }
      return itemsOf(parts, type.itemsize)
    },
  }
}

/** The value of item `i`; null where none are given. */
export function itemReader(
  items: Items | undefined,
  type: ReturnType<typeof dataType>,
): (i: number) => ReturnType<typeof type.read> {
  if (!items) return () => null
  const { data, offsets } = items
  const { itemsize } = type
  return itemsize === null
    ? (i) => type.read(data, offsets![i]!, offsets![i + 1])
    : (i) => type.read(data, i * itemsize)
}

export function itemsOf(parts: Uint8Array[], itemsize: number | null): Items {
  const data = concatBytes(parts)
  if (itemsize !== null) return { data }
  const offsets = new Uint32Array(parts.length + 1)
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length))
  return { data, offsets }
}

function inCell(error: unknown, index: readonly number[]): unknown {
  if (isAborted(error) || !(error instanceof ZarrscopeError)) return error
  const why = error.message.replace(/\.$/, '')
  return new ValueError(`${why}; nothing was changed. The first such cell is ${cellName(index)}.`, {
    cause: error,
  })
}
