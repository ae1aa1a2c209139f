import { setImmediate as breathe } from 'node:timers/promises'
import type { ArrayScan } from './array-scan'
import { Survey, type Found } from './survey'

/** Entries that are looked at before others have their turn. */
const SLICE = 32_768

/**
 * Takes over what was found about chunks that have not been written since: same size, same time. Resolves once the
 * newer scan is at its end.
 */
export async function takeOver(from: ArrayScan, to: ArrayScan): Promise<void> {
  await to.ended
  const { survey } = from
  if (!survey || !to.isComplete || !from.isComplete) return
  const places = new Map<string, number>()
  await eachSlice(from, (coords, _size, _modified, i) => {
    if (survey.states[i]) places.set(coords.join(), i)
  })
  const before = factsOf(from)
  const found = new Survey(to.chunks.count)
  await eachSlice(to, (coords, size, modified, i) => {
    const place = places.get(coords.join())
    if (place === undefined || before.sizes[place] !== size) return
    if (!Object.is(before.modified[place], modified)) return
    const why = survey.reasons.get(place)
    found.add(i, {
      state: survey.states[place] as Found,
      size,
      min: survey.min[place]!,
      max: survey.max[place]!,
      ...(why === undefined ? {} : { why }),
    })
  })
  to.survey ??= found
}

function factsOf({ chunks }: ArrayScan): { sizes: Float64Array; modified: Float64Array } {
  const facts = { sizes: new Float64Array(chunks.count), modified: new Float64Array(chunks.count) }
  chunks.each(0, chunks.count, (_coords, size, modified, i) => {
    facts.sizes[i] = size
    facts.modified[i] = modified
  })
  return facts
}

async function eachSlice({ chunks }: ArrayScan, visit: Parameters<typeof chunks.each>[2]): Promise<void> {
  for (let from = 0; from < chunks.count; from += SLICE) {
    chunks.each(from, Math.min(chunks.count, from + SLICE), visit)
    await breathe()
  }
}
