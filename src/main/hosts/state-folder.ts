import { homedir } from 'node:os'
import { join } from 'node:path'

interface Surroundings {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  home: string
}

const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: homedir() })

/**
 * The folder in which the program keeps what it remembers between runs, for both hosts; it may not exist yet.
 * ZARRSCOPE_STATE_DIR overrides the platform's place.
 */
export function stateFolder({ platform, env, home }: Surroundings = here()): string {
  const named = env['ZARRSCOPE_STATE_DIR']
  if (named) return named
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Zarrscope')
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Zarrscope')
    default:
      // XDG Base Directory Specification: relative values are to be ignored.
      return join(
        env['XDG_STATE_HOME']?.startsWith('/') ? env['XDG_STATE_HOME'] : join(home, '.local', 'state'),
        'zarrscope',
      )
  }
}
