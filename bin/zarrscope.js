#!/usr/bin/env node
// Starts the built command line; builds nothing.
import { existsSync } from 'node:fs'

const entry = new URL('../out/main/cli.js', import.meta.url)
if (existsSync(entry)) {
  await import(entry.href)
} else {
  process.stderr.write('error: zarrscope: the build is missing; run "npm run build" first.\n')
  process.exitCode = 1
}
