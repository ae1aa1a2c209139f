import { LineServer } from './line-server.js'
import { PROJECT } from './folder.js'

/**
 * Starts engines as line servers.
 * @param {{name: string, family: string, start?: {command: string, args: string[]}, why?: string}[]} wanted
 * @returns {Promise<{running: Engine[], absent: {name: string, why: string}[]}>}
 * @typedef {{name: string, family: string, server: LineServer}} Engine
 */
export async function startEngines(wanted) {
  const running = []
  const absent = []
  for (const { name, family, start, why } of wanted) {
    if (!start) {
      absent.push({ name, why: why ?? 'not installed' })
      continue
    }
    try {
      running.push({ name, family, server: await LineServer.start({ ...start, cwd: PROJECT }) })
    } catch (error) {
      absent.push({ name, why: error.message })
    }
  }
  return { running, absent }
}

export const stopEngines = (engines) => Promise.all(engines.map(({ server }) => server.close()))
