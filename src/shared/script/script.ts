import { attributesScripts } from './attributes'
import { cellsScripts } from './cells'
import { jobScripts } from './job-scripts'
import type { Operation, Scripts, Where } from './operation'
import { structureScripts } from './structure'

/** An operation as a command line and as Python. */
export function scriptOf(operation: Operation, where: Where): Scripts {
  // Jobs delete, move and resize what is too large to be staged: they name their store.
  if (operation.kind === 'delete' || operation.kind === 'move' || operation.kind === 'resize')
    return 'source' in operation ? jobScripts(operation, where) : structureScripts(operation, where)
  switch (operation.kind) {
    case 'attributes':
    case 'attributesText':
      return attributesScripts(operation, where)
    case 'createGroup':
    case 'createArray':
    case 'consolidate':
    case 'deleteChunks':
    case 'rewriteChunks':
    case 'dropFillOnly':
      return structureScripts(operation, where)
    case 'copy':
    case 'rewrite':
    case 'append':
    case 'import':
    case 'export':
    case 'migrate':
    case 'verify':
      return jobScripts(operation, where)
    case 'cells':
    case 'fill':
    case 'clear':
    case 'replace':
      return cellsScripts(operation, where)
  }
}
