#!/usr/bin/env node
/** Writes THIRD-PARTY-NOTICES.md: the licences of everything that is bundled, from what is installed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

/** Installed packages that a production bundle may contain. */
const packages = Object.entries(lock.packages)
  .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional)
  .map(([path]) => path)
  .sort()

const texts = new Map()
for (const path of packages) {
  const folder = join(root, path)
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licensed under ${String(license)}.`
  const users = texts.get(text) ?? []
  users.push(`${name} ${version} (${String(license)})`)
  texts.set(text, users)
}

const native = readdirSync(join(root, 'native/licenses'))
  .sort()
  .map((file) => [basename(file, '.txt'), readFileSync(join(root, 'native/licenses', file), 'utf8').trim()])

const block = (title, text) => `## ${title}\n\n\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\`\n`
const page = [
  '# Third-party notices\n',
  'Zarrscope contains the works below. Written by `node scripts/notices.js` from what is installed.\n',
  '# Compiled into the codec module\n',
  ...native.map(([name, text]) => block(name, text)),
  '# Packages\n',
  ...[...texts].map(([text, users]) => block(users.join(', '), text)),
].join('\n')
writeFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), page)
