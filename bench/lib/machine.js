import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** What the figures were taken on. */
export function machine() {
  const cores = cpus()
  return {
    processor: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    loadBefore: Number(loadavg()[0].toFixed(2)),
  }
}
