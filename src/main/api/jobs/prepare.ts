import type { JobSpec } from '@shared/model/jobs'
import type { JobContext } from './job-context'
import { JobStores } from './job-stores'
import { prepareAppend } from './prepare-append'
import { prepareCopy } from './prepare-copy'
import { prepareExport } from './prepare-export'
import { prepareImport } from './prepare-import'
import { prepareDelete, prepareMigrate, prepareMove, prepareVerify } from './prepare-node-jobs'
import { prepareResize } from './prepare-resize'
import { prepareRewrite } from './prepare-rewrite'
import type { PreparedJob } from './prepared-job'

/** Checks a job and opens what it needs. Throws what is wrong with it; nothing is open or written then. */
export async function prepareJob(spec: JobSpec, context: JobContext): Promise<PreparedJob> {
  const stores = new JobStores(context)
  try {
    return await prepare(spec, context, stores)
  } catch (error) {
    await stores.close()
    throw error
  }
}

function prepare(spec: JobSpec, context: JobContext, stores: JobStores): Promise<PreparedJob> {
  switch (spec.kind) {
    case 'copy':
      return prepareCopy(spec, stores)
    case 'rewrite':
      return prepareRewrite(spec, stores)
    case 'append':
      return prepareAppend(spec, context, stores)
    case 'import':
      return prepareImport(spec, context, stores)
    case 'export':
      return prepareExport(spec, context, stores)
    case 'migrate':
      return prepareMigrate(spec, stores)
    case 'resize':
      return prepareResize(spec, stores)
    case 'delete':
      return prepareDelete(spec, stores)
    case 'move':
      return prepareMove(spec, stores)
    case 'verify':
      return prepareVerify(spec, stores)
  }
}
