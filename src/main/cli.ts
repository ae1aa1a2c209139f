import { join } from 'node:path'
import { version } from '../../package.json'
import { processIo } from './cli/io'
import { runCli } from './cli/main'
import { warmEngine } from './cli/warm-engine'

const root = join(import.meta.dirname, '../..')
const program = {
  version,
  root,
  bundle: join(root, 'out/renderer'),
  engine: async (workers: number | undefined) => {
    const { stateFolder } = await import('./hosts/state-folder')
    return (await import('./api/running-engine')).runEngine(stateFolder(), workers)
  },
}
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const engine = warmEngine()
process.exitCode = await runCli(process.argv.slice(2), processIo(stop.signal), {
  version,
  launch: async (argv) => (await import('./hosts/launch')).launch(argv, program),
  serve: async (argv) => (await import('./hosts/launch')).serve(argv, program),
  engine: engine.get,
})
await engine.close()
