import { execFileSync } from 'node:child_process'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** What the figures were taken on. */
export function machine(node) {
  const cores = cpus()
  return {
    processor: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
  }
}

/** Processes that wanted to run in the last minute: above the engines' own two threads the machine was busy otherwise. */
export const load = () => Number(loadavg()[0].toFixed(2))
