// The serve host on its own: `node out/main/serve.js [PATH…]`.
import { join } from 'node:path'
import { toErrorBody } from '@shared/errors'
import { version } from '../../package.json'
import { serve } from './hosts/launch'
import { stateFolder } from './hosts/state-folder'

const program = {
  version,
  bundle: join(import.meta.dirname, '../renderer'),
  engine: async (workers: number | undefined) =>
    (await import('./api/running-engine')).runEngine(stateFolder(), workers),
}

try {
  process.exitCode = await serve(process.argv.slice(2), program)
} catch (error) {
  const { code, message } = toErrorBody(error)
  process.stderr.write(`error: serve: ${message}\n`)
  process.exitCode = code === 'USAGE' ? 2 : 1
}
