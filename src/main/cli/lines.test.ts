import { expect, test } from 'vitest'
import { LimitError } from '@shared/errors'
import { lines } from './lines'

async function* pieces(...texts: (string | number[])[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : Uint8Array.from(text)
}
const all = async (input: AsyncIterable<Uint8Array>): Promise<string[]> => {
  const out: string[] = []
  for await (const line of lines(input)) out.push(line)
  return out
}

test('joins lines and characters that arrive in pieces', async () => {
  expect(await all(pieces('a\nb', 'c\r\n\n', [0xc3], [0xa9, 0x0a], 'end'))).toEqual([
    'a',
    'bc',
    '',
    'é',
    'end',
  ])
})

test('refuses a line without end', async () => {
  const long = 'x'.repeat(1024 * 1024)
  await expect(all(pieces(...Array<string>(18).fill(long)))).rejects.toThrow(LimitError)
})
