import { Button, Progress } from '@mantine/core'
import type { ChunkSurvey } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { IconEraser, IconSearch, IconShieldCheck } from '@tabler/icons-react'
import { Fact, Facts, Section } from '../inspector/section'
import { useFrozen } from '../state/use-frozen'
import { formatBytes, formatCount } from '../ui/format'
import type { ChunkEdit } from './chunk-edit-dialog'
import classes from './chunks.module.css'
import { runSurvey, surveyRun } from './survey-run'

/** What decoding the stored chunks has found, and the actions that do it for the whole array. */
export function SurveySection({
  store,
  path,
  array,
  survey,
  onEdit,
}: {
  store: string
  path: string
  array: ArrayDetail
  /** What is known; absent while that is asked for. */
  survey: ChunkSurvey | undefined
  onEdit: (edit: ChunkEdit) => void
}) {
  const { progress, cancel } = surveyRun(store, path)()
  const frozen = useFrozen(store)
  if (!array.readable)
    return (
      <Section title="Contents of chunks">
        <p className={classes['quiet']}>
          The chunks cannot be decoded: {array.reason ?? 'the data of this array is refused.'}
        </p>
      </Section>
    )
  const found = progress ?? survey
  const fillOnly = found?.fillOnly
  return (
    <Section title="Contents of chunks">
      {found && found.checked > 0 && (
        <Facts>
          <Fact name="decoded">
            {formatCount(found.checked)}/{formatCount(found.total)}
          </Fact>
          <Fact name="nothing but fill">
            {formatCount(found.fillOnly.chunks)}
            {found.fillOnly.chunks > 0 && `, ${formatBytes(found.fillOnly.bytes)}`}
          </Fact>
          <Fact name="cannot be decoded">
            {formatCount(found.corrupt.chunks)}
            {found.corrupt.chunks > 0 && `, ${formatBytes(found.corrupt.bytes)}`}
          </Fact>
        </Facts>
      )}
      {found?.checked === 0 && !progress && (
        <p className={classes['quiet']}>
          Decoding every stored chunk tells those of nothing but the fill value, damaged ones, and the least
          and greatest value of each.
        </p>
      )}
      {progress ? (
        <div className={classes['surveyRun']}>
          <Progress
            size="sm"
            value={progress.total > 0 ? (100 * progress.checked) / progress.total : 0}
            aria-label="Chunks decoded"
            className={classes['surveyBar'] ?? ''}
          />
          <Button size="compact-xs" variant="default" onClick={cancel}>
            Cancel
          </Button>
        </div>
      ) : (
        <div className={classes['actions']}>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconSearch size={13} />}
            disabled={!found || found.checked >= found.total}
            onClick={() => void runSurvey(store, path, 'new')}
          >
            Find fill-only chunks
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconShieldCheck size={13} />}
            onClick={() => void runSurvey(store, path, 'again')}
          >
            Verify all
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconEraser size={13} />}
            disabled={!fillOnly?.chunks || frozen !== null}
            title={frozen ?? ''}
            onClick={() =>
              onEdit({
                title: 'Drop fill-only chunks?',
                verb: 'Drop them',
                edit: { kind: 'dropFillOnly', path },
                note: 'They read as the fill value without being stored.',
              })
            }
          >
            Drop them…
          </Button>
        </div>
      )}
    </Section>
  )
}
