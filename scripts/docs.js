#!/usr/bin/env node
/** Writes the pages of docs/ that are made from the program's own tables. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/formats-page.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ZARRSCOPE_WRITE_DOCS: '1' } },
)
process.exit(status ?? 1)
