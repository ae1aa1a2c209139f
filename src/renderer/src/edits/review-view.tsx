import { Button, Table, UnstyledButton } from '@mantine/core'
import type { Edit, EditInfo, EditsState } from '@shared/model/edits'
import { formatBytes, formatCount, printable, shorten } from '../ui/format'
import { Empty } from '../ui/states'
import classes from './edits.module.css'
import { StagedScriptButtons } from './staged-script-buttons'

/** Edits shown at once; a list of thousands is read by its totals. */
const MOST = 500

/** The list of what is staged, before and after, with what can be done about each edit and about all. */
export function ReviewView(props: {
  state: EditsState
  storePath: string
  /** An edit with its values. */
  onWhole: (id: number) => Promise<Edit>
  onRevert: (id: number) => void
  onShow: (edit: EditInfo) => void
  onSave: () => void
  onDiscard: () => void
}) {
  const { edits, keys, bytes, saving, frozen, conflicts } = props.state
  if (edits.length === 0)
    return <Empty title="Nothing is staged">What you change is listed here until you save it.</Empty>
  return (
    <div className={classes['review']}>
      <div className={classes['scroll']}>
        <Table stickyHeader aria-label="Staged edits" verticalSpacing={6} className={classes['list'] ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Edit</Table.Th>
              <Table.Th>Before → after</Table.Th>
              <Table.Th ta="right">Chunks</Table.Th>
              <Table.Th ta="right">Bytes</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {edits
              .slice(-MOST)
              .toReversed()
              .map((edit) => (
                <EditRow key={edit.id} edit={edit} {...props} />
              ))}
          </Table.Tbody>
        </Table>
      </div>
      {edits.length > MOST && (
        <p className={classes['dim']}>
          The newest {formatCount(MOST)} of {formatCount(edits.length)} edits.
        </p>
      )}
      <div className={classes['foot']}>
        <span className={classes['dim']}>
          Save writes {formatBytes(bytes)} under {formatCount(keys)} {keys === 1 ? 'key' : 'keys'}.
        </span>
        <span className={classes['spring']} />
        <Button variant="default" disabled={saving} onClick={props.onDiscard}>
          Discard all…
        </Button>
        <Button
          disabled={saving || frozen !== null || conflicts.length > 0}
          title={frozen ?? (conflicts.length > 0 ? 'Settle the conflicts first.' : undefined)}
          loading={saving}
          // Where there are conflicts, it cannot take the focus.
          data-autofocus={conflicts.length === 0 || undefined}
          onClick={props.onSave}
        >
          Save
        </Button>
      </div>
    </div>
  )
}

function EditRow({
  edit,
  storePath,
  onWhole,
  onRevert,
  onShow,
}: {
  edit: EditInfo
  storePath: string
  onWhole: (id: number) => Promise<Edit>
  onRevert: (id: number) => void
  onShow: (edit: EditInfo) => void
}) {
  const { before, after } = edit
  return (
    <Table.Tr>
      <Table.Td className={classes['what'] ?? ''}>
        <UnstyledButton className={classes['label'] ?? ''} onClick={() => onShow(edit)}>
          {printable(edit.label)}
        </UnstyledButton>
        {edit.region !== undefined && !edit.label.includes(edit.region) && (
          <span className={classes['dim']}>
            /{printable(edit.path)}[{edit.region}]
          </span>
        )}
      </Table.Td>
      <Table.Td className={classes['values'] ?? ''}>
        {(before !== undefined || after !== undefined) && (
          <>
            <del>{printable(shorten(before ?? '—', 120))}</del> →{' '}
            <ins>{printable(shorten(after ?? '—', 120))}</ins>
          </>
        )}
      </Table.Td>
      <Table.Td className={classes['number'] ?? ''}>
        {edit.chunks > 0 ? formatCount(edit.chunks) : ''}
      </Table.Td>
      <Table.Td className={classes['number'] ?? ''}>{formatBytes(edit.bytes)}</Table.Td>
      <Table.Td className={classes['actions'] ?? ''}>
        <StagedScriptButtons edit={edit} whole={() => onWhole(edit.id)} storePath={storePath} />
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`Revert ${printable(edit.label)}`}
          onClick={() => onRevert(edit.id)}
        >
          Revert
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
