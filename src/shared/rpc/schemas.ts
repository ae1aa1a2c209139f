/** The small schemas that inputs of the contract are made of. */
import * as v from 'valibot'

export const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
export const storeId = text(64)
/** Path of a node inside its store: "" or names joined by "/"; no "..", no backslash, no NUL. */
export const nodePath = v.pipe(
  text(4096),
  v.check(
    (p) => p === '' || !/(^|\/)(\.{1,2})?(\/|$)|[\\\0]/.test(p),
    'a node path is names joined by single slashes',
  ),
)
export const ticket = text(4096)
/** A single name for a new file or folder; never a path, never hidden. */
export const fileName = v.pipe(
  text(255),
  v.check(
    (name) => /^[^./\\\0][^/\\\0]*$/.test(name),
    'a file name is not empty, not hidden and has no slashes',
  ),
)
/** Ends of file names, without the dot. */
export const extensions = v.pipe(v.array(v.pipe(text(16), v.regex(/^[a-z0-9]+$/))), v.maxLength(16))
export const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const integer = v.pipe(v.number(), v.safeInteger())
export const dims = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(64))
export const dimSlice = v.object({
  start: index,
  step: integer,
  count: index,
  drop: v.exactOptional(v.boolean()),
})
