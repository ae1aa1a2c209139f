import type { Edit } from '@shared/model/edits'
import { planCells, planClear } from './plan-cells'
import { planFill } from './plan-fill'
import type { PlanContext, Planned } from './plan-types'
import { counted, shown } from './words'

type RegionEdit = Extract<Edit, { kind: 'cells' | 'fill' | 'clear' }>

/** Carries an edit out on its region, and on the others that get the same. */
export async function planRegions(edit: RegionEdit, context: PlanContext): Promise<Planned> {
  const parts: Planned[] = []
  for (const dims of [edit.dims, ...(edit.also ?? [])])
    parts.push(await planRegion({ ...edit, dims }, context))
  const [first] = parts as [Planned, ...Planned[]]
  if (parts.length === 1) return first
  const cells = parts.reduce((n, part) => n + (part.cells ?? 0), 0)
  const verb = first.label.slice(0, first.label.indexOf(' '))
  return {
    label: `${verb} ${counted(cells, 'cell')} of ${shown(edit.path)} in ${counted(parts.length, 'range')}`,
    region: parts.map(({ region }) => region).join('; '),
    cells,
  }
}

function planRegion(edit: RegionEdit, context: PlanContext): Promise<Planned> {
  if (edit.kind === 'cells') return planCells(edit, context)
  return edit.kind === 'clear' ? planClear(edit, context) : planFill(edit, context)
}
