import type { Edit } from '@shared/model/edits'
import { planAttributes, planAttributesText } from './plan-attributes'
import { planReplace } from './plan-fill'
import { planRegions } from './plan-regions'
import { planDeleteChunks, planDropFillOnly, planRewriteChunks } from './plan-chunks'
import {
  planConsolidate,
  planCreateArray,
  planCreateGroup,
  planDelete,
  planMove,
  planResize,
} from './plan-structure'
import type { PlanContext, Planned } from './plan-types'

/**
 * Carries an edit out on a draft. What throws leaves a draft that is to be thrown away: an edit is staged as a whole or
 * not at all.
 */
export function planEdit(edit: Edit, context: PlanContext): Promise<Planned> {
  switch (edit.kind) {
    case 'cells':
    case 'clear':
    case 'fill':
      return planRegions(edit, context)
    case 'replace':
      return planReplace(edit, context)
    case 'attributes':
      return planAttributes(edit, context)
    case 'attributesText':
      return planAttributesText(edit, context)
    case 'createGroup':
      return planCreateGroup(edit, context)
    case 'createArray':
      return planCreateArray(edit, context)
    case 'resize':
      return planResize(edit, context)
    case 'delete':
      return planDelete(edit, context)
    case 'move':
      return planMove(edit, context)
    case 'deleteChunks':
      return planDeleteChunks(edit, context)
    case 'rewriteChunks':
      return planRewriteChunks(edit, context)
    case 'dropFillOnly':
      return planDropFillOnly(edit, context)
    case 'consolidate':
      return planConsolidate(edit, context)
  }
}
