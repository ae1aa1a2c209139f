import { LimitError } from '@shared/errors'

const MAX_LINE = 16 * 1024 * 1024

/** The lines of a byte stream as text, without their ends; throws LimitError for a line of more than 16 MiB. */
export async function* lines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of input) {
    const text = decoder.decode(bytes, { stream: true })
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield (rest + text.slice(start, end)).replace(/\r$/, '')
      rest = ''
      start = end + 1
    }
    rest += text.slice(start)
    if (rest.length > MAX_LINE)
      throw new LimitError('The length of a line in characters', rest.length, MAX_LINE)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
