import { MetadataError } from '../errors'

/** Most fields of a record, nested ones included; more cost seconds before anything is read. */
export const MAX_FIELDS = 10_000

/** Fields that the type being read may still have. */
export interface FieldBudget {
  fields: number
}

/** Takes fields from what is left. Throws MetadataError (without key) where it is not enough. */
export function spendFields(budget: FieldBudget, count: number, field: string): void {
  budget.fields -= count
  if (budget.fields < 0) throw new MetadataError('', field, `the record has more than ${MAX_FIELDS} fields.`)
}
