import type { DataTypeSpec } from '@shared/dtype/spec'

/**
 * Splits leading field names off a typed selection of records: `"x", "y", 0:3` is the fields x and y of the first three.
 * Quoted names before "=" are dimension names and stay.
 */
export function splitFields(
  text: string,
  dtype: DataTypeSpec,
): { fields: string[] | undefined; rest: string } {
  if (dtype.kind !== 'struct') return { fields: undefined, rest: text }
  const fields: string[] = []
  let rest = text
  for (;;) {
    const match = /^\s*(?:"([^"]*)"|'([^']*)')\s*(?:,|$)/.exec(rest)
    if (!match) break
    fields.push(match[1] ?? match[2] ?? '')
    rest = rest.slice(match[0].length)
  }
  return { fields: fields.length > 0 ? fields : undefined, rest }
}
