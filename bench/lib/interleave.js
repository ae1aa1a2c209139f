import { summary } from './statistics.js'

/**
 * One operation of an interleaved run.
 * @typedef {{name: string, repeat: number, places: (round: number, repetition: number) => (number | string)[],
 *   onlyFirstRound?: string[], skip?: Record<string, string[]>}} Operation `onlyFirstRound` names engines that are too
 *   slow to do it in every round, `skip` the operations by engine that take them minutes
 */

/**
 * Times every operation on every engine, engine by engine within each operation and round, so that whatever else the
 * machine does falls on all of them. The order of the engines turns by one from round to round. All engines get the
 * same places.
 * @returns {Promise<Record<string, Record<string, object>>>} operation → engine → summary, or { error }
 */
export async function interleave(engines, operations, rounds) {
  const samples = {}
  const failed = {}
  for (let round = 0; round < rounds; round++) {
    const turned = engines.map((_, i) => engines[(i + round) % engines.length])
    for (const operation of operations) {
      const places = Array.from({ length: operation.repeat }, (_, k) => operation.places(round, k))
      for (const { name, server } of turned) {
        if (round > 0 && operation.onlyFirstRound?.includes(name)) continue
        if (operation.skip?.[name]?.includes(operation.name)) continue
        for (const words of places) {
          const answer = await server.ask('time', operation.name, ...words)
          if (answer.absent) break
          if (answer.error) {
            ;(failed[operation.name] ??= {})[name] = { error: answer.error }
            break
          }
          ;((samples[operation.name] ??= {})[name] ??= []).push(answer)
        }
      }
    }
  }
  const results = {}
  for (const { name } of operations) {
    const measured = Object.entries(samples[name] ?? {}).map(([engine, list]) => [engine, summary(list)])
    results[name] = { ...Object.fromEntries(measured), ...failed[name] }
  }
  return results
}
