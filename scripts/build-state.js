/** Whether the built program is older than what it was built from. */
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Everything that goes into the build, relative to the project. */
const SOURCES = [
  'src',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'tsconfig.types.json',
  'scripts/build.js',
  'scripts/declarations.js',
]
const STAMP = 'out/.built'

/** 'missing', 'stale' or 'fresh'. */
export function buildState(root) {
  const built = modified(join(root, STAMP))
  if (built === undefined) return 'missing'
  return SOURCES.some((source) => newest(join(root, source)) > built) ? 'stale' : 'fresh'
}

/** Notes a build that began at `startedMs`; files changed while it ran make it stale. */
export function stampBuild(root, startedMs) {
  const stamp = join(root, STAMP)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
  utimesSync(stamp, new Date(startedMs), new Date(startedMs))
}

/** The latest change below a path, folders included: a deleted file changes its folder. */
function newest(path) {
  const time = modified(path)
  if (time === undefined) return 0
  let latest = time
  for (const entry of statSync(path).isDirectory() ? readdirSync(path) : []) {
    latest = Math.max(latest, newest(join(path, entry)))
  }
  return latest
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}
