import { attributesScripts } from './attributes'
import type { Operation, Scripts, Where } from './operation'

/** An operation as a command line and as Python. */
export function scriptOf(operation: Operation, where: Where): Scripts {
  switch (operation.kind) {
    case 'attributes':
    case 'attributesText':
      return attributesScripts(operation, where)
    default:
      return {
        command: { whyNot: 'There is no command for this step alone.' },
        python: { whyNot: 'There is no Python for this step alone.' },
      }
  }
}
