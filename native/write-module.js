// Writes the TypeScript file that carries the module as base64. usage: node write-module.js IN.wasm OUT.ts
import { readFileSync, writeFileSync } from 'node:fs'

const [, , input, output] = process.argv
const text = readFileSync(input).toString('base64')
writeFileSync(
  output,
  `/** native/codecs.wasm as base64. Written by native/build.sh; never edit. */\nexport const moduleBase64 =\n  '${text}'\n`,
)
