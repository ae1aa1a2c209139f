import { LimitError } from '@shared/errors'

const MAX_LINE = 16 * 1024 * 1024

/** The lines of a byte stream as text, without their ends; throws LimitError for a line of more than 16 MiB. */
export async function* lines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of input) {
    rest += decoder.decode(bytes, { stream: true })
    let start = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      yield rest.slice(start, end).replace(/\r$/, '')
      start = end + 1
    }
    rest = rest.slice(start)
    if (rest.length > MAX_LINE)
      throw new LimitError('The length of a line in characters', rest.length, MAX_LINE)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
