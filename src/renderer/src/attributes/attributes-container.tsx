import { SegmentedControl, TextInput } from '@mantine/core'
import { parseJson } from '@shared/json/parse'
import type { NodeDetail } from '@shared/model/node'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import { CopyButton } from '../ui/copy-button'
import { formatCount } from '../ui/format'
import { Empty, ErrorNote, Loading, Notice } from '../ui/states'
import { attributesState } from './attributes-state'
import classes from './attributes.module.css'
import { AttributesTable } from './attributes-table'
import { attributeRows, searchAttributes } from './rows'

const RawJson = lazy(() => import('./raw-json'))

/** Attributes of a node, as a table of what is in them and as the text they are stored as. */
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
        <CopyButton text={node.attributesJson} label="Copy all attributes as JSON" />
      </div>
      {!parsed.ok && <ErrorNote error={parsed.error}> The raw text still shows.</ErrorNote>}
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
          <RawJson text={node.attributesJson} />
        </Suspense>
      ) : count === 0 ? (
        <Empty title="No attributes">This {node.kind} has none.</Empty>
      ) : rows.length === 0 ? (
        <Empty title="Nothing found">No key and no value contains “{search}”.</Empty>
      ) : (
        <AttributesTable
          rows={rows}
          isOpen={(path) => open.has(path) || (found?.shown.has(path) ?? false)}
          onToggle={toggle}
        />
      )}
    </div>
  )
}

type Parsed =
  | { ok: true; value: ReturnType<typeof parseJson>['value']; nonStandard: boolean }
  | { ok: false; error: unknown }

function parse(text: string): Parsed {
  try {
    const { value, nonStandard } = parseJson(text)
    return { ok: true, value, nonStandard }
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
