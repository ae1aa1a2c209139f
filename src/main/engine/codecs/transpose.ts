import type { CodecDefinition } from './codec'
import type { DecodedChunk } from './decoded-chunk'

/**
 * Permutes axes (format 3 "transpose"; order F of formats 1 and 2): axis i of the encoded chunk is axis `order[i]` of
 * the decoded one, as in NumPy's transpose. Only strides change, no bytes move.
 */
export const transpose: CodecDefinition = {
  name: 'transpose',
  about: 'order of the axes in the stored chunk',
  bindArrayToArray(configuration, input) {
    const order = configuration.integers('order', 0)
    const rank = input.shape.length
    if (order.length !== rank || new Set(order).size !== rank || order.some((axis) => axis >= rank)) {
      configuration.fail('order', `must name each of the ${rank} axes once`)
    }
    const inverse = order.map((_, axis) => order.indexOf(axis))
    return {
      output: { ...input, shape: order.map((axis) => input.shape[axis]!) },
      onlyStrides: true,
      encode: (chunk) => permuted(chunk, order),
      decode: (chunk) => permuted(chunk, inverse),
    }
  },
}

const permuted = (chunk: DecodedChunk, order: readonly number[]): DecodedChunk => ({
  ...chunk,
  shape: order.map((axis) => chunk.shape[axis]!),
  strides: order.map((axis) => chunk.strides[axis]!),
})
