/** Names and indices from the root of a document to one of its values. */
export type JsonPath = readonly (string | number)[]

/** A path as a JSON pointer (RFC 6901): "/a/0/b~1c"; the root is "". */
export const pointer = (path: JsonPath): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
