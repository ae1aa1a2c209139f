import { ValueError } from '@shared/errors'
import { itemSize, sameType } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Edit } from '@shared/model/edits'
import { product } from '@shared/selection/counts'
import { coversChunk } from '../chunks/covers-chunk'
import { clippedShape } from '../chunks/grid'
import { project } from '../chunks/project'
import { fillBlock } from '../nodes/writing/fill-block'
import { writeArray, type ItemBlock } from '../nodes/writing/write-array'
import type { PlanContext, Planned } from './plan-types'
import { cellText, openRegion, type Region } from './region'
import { counted, shown } from './words'

type Of<K extends Edit['kind']> = Extract<Edit, { kind: K }>

/** Items that were typed or pasted. Throws ValueError where data and shape do not fit together or the region. */
export async function planCells(edit: Of<'cells'>, context: PlanContext): Promise<Planned> {
  const region = await openRegion(context, edit.path, edit.dims)
  const { data, offsets, shape } = edit
  const block = { data, shape, ...(offsets && { offsets }) }
  if (edit.dtype && !sameType(edit.dtype, region.array.dtype))
    throw new ValueError('The array has another data type by now; nothing was changed.')
  checkBlock(block, region.array.dtype)
  return changeRegion(region, context, edit.by === 'paste' ? 'Paste' : 'Change', block)
}

/** The fill value; chunks that are covered whole go missing, also where the array has no fill value. */
export async function planClear(edit: Of<'clear'>, context: PlanContext): Promise<Planned> {
  const region = await openRegion(context, edit.path, edit.dims)
  const planned = await changeRegion(region, context, 'Clear', fillBlock(region.array))
  if (region.array.metadata.fill !== null) return planned
  const { array, selection } = region
  for (const projection of project(array.grid, selection))
    if (coversChunk(projection, clippedShape(array.grid, projection.coords)))
      await context.draft.delete(array.chunkKey(projection.coords))
  return planned
}

/** Writes a block to a region and says what was done. */
export async function changeRegion(
  region: Region,
  { signal }: PlanContext,
  verb: string,
  block: ItemBlock,
): Promise<Planned> {
  const before = await cellText(region)
  await writeArray(region.array, region.selection, block, { signal, lane: 'visible' })
  const after = await cellText(region)
  return {
    ...regionWords(region, verb),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

export const regionWords = ({ array, cells, text }: Region, verb: string): Planned => ({
  label: `${verb} ${counted(cells, 'cell')} of ${shown(array.path)}[${text}]`,
  region: text,
  cells,
})

/** The data comes from outside: nothing may be read beyond its end. */
function checkBlock({ data, offsets, shape }: ItemBlock, dtype: DataTypeSpec): void {
  const items = product(shape)
  const size = itemSize(dtype)
  const refuse = (why: string): never => {
    throw new ValueError(`The cells cannot be written: ${why}.`)
  }
  if (size !== null) {
    if (data.length !== items * size) refuse(`${data.length} bytes are not ${items} items of ${size} bytes`)
    if (dtype.kind === 'bool' && data.some((byte) => byte > 1)) refuse('a truth value is 0 or 1')
    return
  }
  if (offsets?.length !== items + 1 || offsets[0] !== 0 || offsets[items] !== data.length)
    return refuse(`the items' places do not fit ${items} items`)
  if (offsets.some((offset, i) => i > 0 && offset < offsets[i - 1]!))
    refuse("the items' places run backwards")
}
