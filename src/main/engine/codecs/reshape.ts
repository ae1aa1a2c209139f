import type { CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { canonical, cStrides, product } from './layout'

/**
 * Another shape for the same items in C order (zarr-extensions "reshape"). Each entry of `shape` is a length, a list of
 * input axes whose lengths multiply, or -1 once for what is left.
 */
export const reshape: CodecDefinition = {
  name: 'reshape',
  about: 'another shape for the same items',
  bindArrayToArray(configuration, input) {
    const shape = outputShape(configuration, input.shape)
    return {
      output: { ...input, shape },
      encode: (chunk) => ({ ...canonical(chunk), shape, strides: cStrides(shape) }),
      decode: (chunk) => ({ ...canonical(chunk), shape: [...input.shape], strides: cStrides(input.shape) }),
    }
  },
}

function outputShape(configuration: Configuration, input: readonly number[]): number[] {
  const stated = configuration.get('shape')
  if (!Array.isArray(stated)) return configuration.fail('shape', 'must be a list')
  const axesOf = stated.map((entry) =>
    Array.isArray(entry) ? inputAxes(configuration, entry, input.length) : undefined,
  )
  const lengths = stated.map((entry, i) => {
    const axes = axesOf[i]
    if (axes) return product(axes.map((axis) => input[axis]!))
    if (typeof entry === 'number' && Number.isSafeInteger(entry) && (entry > 0 || entry === -1)) return entry
    return configuration.fail('shape', 'may hold whole numbers from 1 on, lists of axes and one -1')
  })
  const shape = filledIn(configuration, lengths, product(input))
  if (product(shape) !== product(input)) {
    configuration.fail('shape', `gives ${product(shape)} items where the chunk has ${product(input)}`)
  }
  axesOf.forEach((axes, i) => {
    if (axes) checkAligned(configuration, input, axes, shape, i)
  })
  const all = axesOf.flatMap((axes) => axes ?? [])
  if (all.some((axis, i) => i > 0 && axis <= all[i - 1]!)) {
    configuration.fail('shape', 'must name the input axes in rising order')
  }
  return shape
}

function inputAxes(configuration: Configuration, entry: unknown[], rank: number): number[] {
  const axes = entry.filter(
    (axis): axis is number => Number.isSafeInteger(axis) && Number(axis) >= 0 && Number(axis) < rank,
  )
  return axes.length === entry.length
    ? axes
    : configuration.fail('shape', 'names an axis that the chunk does not have')
}

/** Puts the length that makes the product right in the place of -1. */
function filledIn(configuration: Configuration, lengths: number[], items: number): number[] {
  const open = lengths.filter((length) => length === -1).length
  if (open > 1) configuration.fail('shape', 'may hold -1 only once')
  const known = product(lengths.filter((length) => length !== -1))
  if (open === 1 && items % known !== 0)
    configuration.fail('shape', `cannot divide ${items} items by ${known}`)
  return lengths.map((length) => (length === -1 ? items / known : length))
}

/** The items before an output axis made of input axes must be as many as before those axes, and so behind them. */
function checkAligned(
  configuration: Configuration,
  input: readonly number[],
  axes: readonly number[],
  shape: readonly number[],
  place: number,
): void {
  const [first, last] = [axes[0], axes.at(-1)]
  if (first === undefined || last === undefined) return
  const before = product(shape.slice(0, place)) === product(input.slice(0, first))
  const behind = product(shape.slice(place + 1)) === product(input.slice(last + 1))
  if (!before || !behind) configuration.fail('shape', 'takes axes out of the order of the items')
}
