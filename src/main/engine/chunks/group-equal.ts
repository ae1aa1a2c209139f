/**
 * Positions of equal values, together: one list per distinct value, values in the order they first appear, positions
 * ascending inside a list. Linear in the number of values.
 */
export function groupEqual(values: Float64Array): Uint32Array[] {
  const groupOf = new Uint32Array(values.length)
  const sizes: number[] = []
  const known = new Map<number, number>()
  let previous = NaN
  let group = -1
  values.forEach((value, position) => {
    // Neighbours are mostly equal: the table is asked only where they differ.
    if (value !== previous) {
      group = known.get(value) ?? sizes.push(0) - 1
      known.set(value, group)
      previous = value
    }
    groupOf[position] = group
    sizes[group]! += 1
  })
  const groups = sizes.map((size) => new Uint32Array(size))
  const filled = new Uint32Array(sizes.length)
  groupOf.forEach((group, position) => {
    groups[group]![filled[group]!++] = position
  })
  return groups
}
