import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { parseJson } from '@shared/json/parse'
import type { JsonValue } from '@shared/json/value'
import type { NodeDetail } from '@shared/model/node'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import { CopyButton } from '../ui/copy-button'
import { formatCount } from '../ui/format'
import { Empty, ErrorNote, Loading, Notice } from '../ui/states'
import { AttributeDialog } from './attribute-dialog'
import type { RowEditor } from './attribute-row'
import { attributesState } from './attributes-state'
import classes from './attributes.module.css'
import { AttributesTable } from './attributes-table'
import { ReservedDialog } from './reserved-dialog'
import { type AttributeRow, attributeRows, searchAttributes } from './rows'
import { useAttributeEdits } from './use-attribute-edits'
import { useRowEditing } from './use-row-editing'

const RawJson = lazy(() => import('./raw-json'))

/** Attributes of a node, as a table of what is in them and as the text they are stored as; changes are staged. */
export function AttributesContainer({ node, store }: { node: NodeDetail; store: { id: string } }) {
  const useState = attributesState(store.id, node.path)
  const { mode, query, open, set, toggle } = useState()
  const search = useDeferredValue(query.trim())
  const parsed = useMemo(() => parse(node.attributesJson), [node.attributesJson])
  const found = useMemo(
    () => (search === '' || !parsed.ok ? null : searchAttributes(parsed.value, search)),
    [parsed, search],
  )
  const rows = useMemo(() => {
    if (!parsed.ok) return []
    if (!found) return attributeRows(parsed.value, (path) => open.has(path))
    return attributeRows(parsed.value, (path) => found.shown.has(path) || open.has(path)).filter(
      (row) => found.shown.has(row.path) || isBelowMatch(row.path, found.matches),
    )
  }, [parsed, found, open])

  const edits = useAttributeEdits(store.id, node.path)
  const root = parsed.ok ? parsed.value : EMPTY
  const rowEditing = useRowEditing(root, edits)
  // A name that occurs twice is shown, but which of the two an edit would mean cannot be said.
  const frozen =
    edits.frozen ??
    (parsed.ok && parsed.duplicates.length > 0
      ? `The name ${parsed.duplicates[0] ?? ''} occurs twice; edit the document by hand to keep one of them.`
      : null)
  const editable = frozen === null && parsed.ok
  const editorOf = (row: AttributeRow): RowEditor => ({
    editing: rowEditing.editing,
    field: rowEditing.field?.path === row.path ? rowEditing.field.what : null,
    taken: () => siblingNames(root, row.steps),
    onValue: (json) => {
      rowEditing.closeField()
      void edits.stage([{ op: 'set', path: row.steps, json }])
    },
    onName: (name) => {
      rowEditing.closeField()
      edits.stageCarefully({ op: 'rename', path: row.steps, name })
    },
    onGiveUp: rowEditing.closeField,
  })

  const count = parsed.ok && parsed.value instanceof Map ? parsed.value.size : 0
  return (
    <div className={classes['view']}>
      <div className={classes['bar']}>
        <SegmentedControl
          size="xs"
          aria-label="Form"
          value={mode}
          onChange={(value) => set({ mode: value === 'raw' ? 'raw' : 'table' })}
          data={[
            { value: 'table', label: 'Table' },
            { value: 'raw', label: 'Raw JSON' },
          ]}
        />
        {mode === 'table' && (
          <TextInput
            className={classes['search'] ?? ''}
            aria-label="Search attributes"
            placeholder="Search keys and values"
            leftSection={<IconSearch size={13} />}
            value={query}
            onChange={(e) => set({ query: e.currentTarget.value })}
          />
        )}
        <span className={classes['count']}>
          {found
            ? `${formatCount(found.matches.size)} found`
            : `${formatCount(count)} ${count === 1 ? 'attribute' : 'attributes'}`}
        </span>
        <span className={classes['spring']} />
        {editable ? (
          mode === 'table' && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={13} />}
              onClick={rowEditing.add}
            >
              Add attribute
            </Button>
          )
        ) : (
          <span className={classes['count']} title={frozen ?? undefined}>
            read-only
          </span>
        )}
        <CopyButton text={node.attributesJson} label="Copy all attributes as JSON" />
      </div>
      {!parsed.ok && (
        <div className={classes['warn']}>
          <ErrorNote error={parsed.error}> The raw text still shows.</ErrorNote>
        </div>
      )}
      {edits.error !== null && (
        <div className={classes['warn']}>
          <ErrorNote error={edits.error} compact />
        </div>
      )}
      {parsed.ok && parsed.nonStandard && (
        <div className={classes['warn']}>
          <Notice>
            Bare NaN or Infinity occurs here: strict JSON forbids it, and some programs refuse the whole
            document.
          </Notice>
        </div>
      )}
      {mode === 'raw' || !parsed.ok ? (
        <Suspense fallback={<Loading what="Loading the viewer" />}>
          <RawJson text={node.attributesJson} onStage={editable ? edits.stageText : null} />
        </Suspense>
      ) : count === 0 ? (
        <Empty title="No attributes">This {node.kind} has none yet.</Empty>
      ) : rows.length === 0 ? (
        <Empty title="Nothing found">No key and no value contains “{search}”.</Empty>
      ) : (
        <AttributesTable
          rows={rows}
          isOpen={(path) => open.has(path) || (found?.shown.has(path) ?? false)}
          onToggle={toggle}
          editorOf={editable ? editorOf : null}
        />
      )}
      <AttributeDialog
        subject={rowEditing.dialog}
        onClose={rowEditing.closeDialog}
        onStage={(name, json) => {
          const change = rowEditing.dialog?.changeOf(name, json)
          rowEditing.closeDialog()
          if (change) void edits.stage([change])
        }}
      />
      <ReservedDialog question={edits.question} onClose={edits.dismissQuestion} />
    </div>
  )
}

const EMPTY: JsonValue = new Map<string, JsonValue>()

/** Names beside a value, itself included. */
function siblingNames(root: JsonValue, steps: readonly (string | number)[]): string[] {
  let container: JsonValue | undefined = root
  for (const step of steps.slice(0, -1)) {
    if (container instanceof Map) container = container.get(String(step))
    else if (Array.isArray(container)) container = container[Number(step)]
  }
  return container instanceof Map ? [...container.keys()] : []
}

type Parsed = ({ ok: true } & ReturnType<typeof parseJson>) | { ok: false; error: unknown }

function parse(text: string): Parsed {
  try {
    return { ok: true, ...parseJson(text) }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Members of a container that was found are worth showing too, when it is opened. */
function isBelowMatch(path: string, matches: ReadonlySet<string>): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    if (matches.has(path.slice(0, at))) return true
  return false
}
