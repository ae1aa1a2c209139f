import { Checkbox } from '@mantine/core'
import type { JobSpec } from '@shared/model/jobs'
import { useState } from 'react'
import { startHostJob, useHostJobs } from '../state/host-jobs'
import type { NodeDialogProps } from './node-dialogs'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

/** Documents of format 3 for a node of format 1 or 2. */
export function MigrateDialog({ store, path }: NodeDialogProps) {
  const job: JobSpec = { kind: 'migrate', source: { store, path }, to: 3 }
  return (
    <StructureForm submit="Migrate" operation={job} store={store} onSubmit={() => startHostJob(job)}>
      <p>{`Gives /${path} and everything below it the metadata documents of format 3.`}</p>
      <p className={classes['text']}>
        Chunks stay where they are, and the old documents stay beside the new ones, so that older programs
        read the store as before. Some chunks of each array are read both ways first.
      </p>
    </StructureForm>
  )
}

/** Checks what is on disk. */
export function VerifyDialog({ store, path }: NodeDialogProps) {
  const [data, setData] = useState(true)
  const job: JobSpec = { kind: 'verify', source: { store, path }, data }
  return (
    <StructureForm
      submit="Verify"
      operation={job}
      store={store}
      onSubmit={async () => {
        await startHostJob(job)
        useHostJobs.setState({ open: true })
      }}
    >
      <p>{`Checks the documents, keys and chunk sizes below /${path}. Nothing is changed.`}</p>
      <Checkbox
        size="xs"
        data-autofocus
        label="Decode every chunk, which checks checksums too"
        checked={data}
        onChange={(e) => setData(e.currentTarget.checked)}
      />
    </StructureForm>
  )
}
