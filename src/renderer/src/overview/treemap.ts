/** Squarified treemap (Bruls, Huizing, van Wijk 2000): areas in proportion to sizes, tiles as square as they can be. */
export interface Tile<T> {
  item: T
  x: number
  y: number
  width: number
  height: number
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Tiles that fill the box; items without a positive size get none. */
export function treemap<T>(items: readonly T[], size: (item: T) => number, box: Box): Tile<T>[] {
  const sorted = items
    .map((item) => ({ item, size: size(item) }))
    .filter((i) => i.size > 0)
    .toSorted((a, b) => b.size - a.size)
  const total = sorted.reduce((sum, i) => sum + i.size, 0)
  if (total === 0 || box.width <= 0 || box.height <= 0) return []
  const scale = (box.width * box.height) / total
  const areas = sorted.map(({ item, size: s }) => ({ item, area: s * scale }))

  const tiles: Tile<T>[] = []
  let room = box
  let at = 0
  while (at < areas.length) {
    const side = Math.min(room.width, room.height)
    let end = at + 1
    let sum = areas[at]?.area ?? 0
    while (end < areas.length) {
      const next = areas[end]?.area ?? 0
      if (worst(areas, at, end + 1, sum + next, side) > worst(areas, at, end, sum, side)) break
      sum += next
      end++
    }
    room = place(areas.slice(at, end), sum, room, tiles)
    at = end
  }
  return tiles
}

/** Largest ratio of the sides of the tiles in a row. */
function worst(
  areas: readonly { area: number }[],
  from: number,
  to: number,
  sum: number,
  side: number,
): number {
  const largest = areas[from]?.area ?? 0
  const smallest = areas[to - 1]?.area ?? 0
  const s2 = sum * sum
  const w2 = side * side
  return Math.max((w2 * largest) / s2, s2 / (w2 * smallest))
}

/** Lays a row along the shorter side and answers the room that is left. */
function place<T>(row: { item: T; area: number }[], sum: number, room: Box, tiles: Tile<T>[]): Box {
  if (room.width >= room.height) {
    const width = sum / room.height
    let y = room.y
    for (const { item, area } of row) {
      tiles.push({ item, x: room.x, y, width, height: area / width })
      y += area / width
    }
    return { x: room.x + width, y: room.y, width: Math.max(0, room.width - width), height: room.height }
  }
  const height = sum / room.width
  let x = room.x
  for (const { item, area } of row) {
    tiles.push({ item, x, y: room.y, width: area / height, height })
    x += area / height
  }
  return { x: room.x, y: room.y + height, width: room.width, height: Math.max(0, room.height - height) }
}
