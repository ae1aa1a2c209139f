import { useElementSize } from '@mantine/hooks'
import { Button, UnstyledButton } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import type { NodeDetail, NodeSummary } from '@shared/model/node'
import { IconFolder, IconGridDots } from '@tabler/icons-react'
import { useRequest } from '../rpc/use-request'
import { openTab } from '../state/tabs'
import { dtypeLabel, formatBytes, formatCount, formatShape, printable } from '../ui/format'
import { Empty, ErrorNote, Loading } from '../ui/states'
import { Card } from './card'
import classes from './overview.module.css'
import { treemap } from './treemap'
import { ARRAYS_COUNTED, type ArraySizes } from './use-array-sizes'

const ROWS_SHOWN = 200

/** The arrays below a group by the bytes they store. */
export function ArraySizesCard({ sizes, store, base }: { sizes: ArraySizes; store: string; base: string }) {
  return (
    <Card title="Arrays by size" aside={<SizesState sizes={sizes} />}>
      <Treemap sizes={sizes} store={store} base={base} />
    </Card>
  )
}

/** The children of a group. */
export function ContentsCard({
  node,
  store,
  sizes,
}: {
  node: NodeDetail
  store: StoreInfo
  sizes: ArraySizes
}) {
  const children = useRequest('node.children', { store: store.id, path: node.path })
  return (
    <Card title="Contents">
      {children.status === 'error' && <ErrorNote error={children.error} onRetry={children.retry} compact />}
      {!children.data && children.status === 'loading' && <Loading what="Listing" />}
      {children.data?.length === 0 && <Empty title="Empty group">It has no arrays and no groups.</Empty>}
      {children.data && children.data.length > 0 && (
        <Contents list={children.data} sizes={sizes} store={store.id} />
      )}
    </Card>
  )
}

function Contents({ list, sizes, store }: { list: NodeSummary[]; sizes: ArraySizes; store: string }) {
  return (
    <table className={classes['contents']}>
      <thead>
        <tr>
          <th>Name</th>
          <th>dtype</th>
          <th data-number>Shape</th>
          <th data-number>Chunks</th>
          <th data-number>Stored</th>
        </tr>
      </thead>
      <tbody>
        {list.slice(0, ROWS_SHOWN).map((child) => {
          const Icon = child.kind === 'array' ? IconGridDots : IconFolder
          const size = sizeBelow(sizes, child.path)
          return (
            <tr key={child.path}>
              <td>
                <UnstyledButton
                  className={classes['childName'] ?? ''}
                  onClick={() => openTab(store, child.path)}
                >
                  <Icon size={14} aria-hidden /> {printable(child.name)}
                </UnstyledButton>
              </td>
              <td>{dtypeLabel(child.dtype ?? '')}</td>
              <td data-number>
                {child.shape
                  ? formatShape(child.shape)
                  : child.childCount === undefined
                    ? ''
                    : `${formatCount(child.childCount)} children`}
              </td>
              <td data-number>{child.chunks ? formatShape(child.chunks) : ''}</td>
              <td data-number>{size === null ? '' : formatBytes(size)}</td>
            </tr>
          )
        })}
      </tbody>
      {list.length > ROWS_SHOWN && (
        <tfoot>
          <tr>
            <td colSpan={5}>
              {formatCount(list.length - ROWS_SHOWN)} more; the explorer shows all, and its filter finds them.
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

/** Stored bytes of an array, or of the arrays below a group, as far as they are counted. */
function sizeBelow({ list }: ArraySizes, path: string): number | null {
  const below = list.filter((s) => s.path === path || s.path.startsWith(`${path}/`))
  return below.length === 0 ? null : below.reduce((sum, s) => sum + s.bytes, 0)
}

function SizesState({ sizes }: { sizes: ArraySizes }) {
  const { state, list, arrays, cancel, retry } = sizes
  if (state === 'running')
    return (
      <span className={classes['countState']}>
        <span role="status">
          {formatCount(list.length)} of {formatCount(arrays)} arrays
        </span>
        <Button size="compact-xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      </span>
    )
  if (state === 'cancelled')
    return (
      <span className={classes['countState']}>
        <span role="status">stopped, not complete</span>
        <Button size="compact-xs" variant="default" onClick={retry}>
          Count again
        </Button>
      </span>
    )
  return arrays === ARRAYS_COUNTED ? (
    <span className={classes['countState']}>the first {formatCount(ARRAYS_COUNTED)} arrays</span>
  ) : null
}

function Treemap({ sizes, store, base }: { sizes: ArraySizes; store: string; base: string }) {
  const { ref, width } = useElementSize()
  const height = 164
  const tiles = treemap(sizes.list, (s) => s.bytes, { x: 0, y: 0, width, height })
  const total = sizes.list.reduce((sum, s) => sum + s.bytes, 0)
  if (sizes.state === 'error') return <ErrorNote error={sizes.error} onRetry={sizes.retry} compact />
  if (sizes.state === 'done' && total === 0)
    return (
      <p className={classes['quiet']}>
        {sizes.arrays === 0 ? 'There are no arrays below this group.' : 'Nothing is stored yet.'}
      </p>
    )
  return (
    <div ref={ref} className={classes['treemap']} style={{ height }}>
      {tiles.map(({ item, x, y, width: w, height: h }) => {
        const name = printable(base === '' ? item.path : item.path.slice(base.length + 1))
        return (
          <UnstyledButton
            key={item.path}
            className={classes['tile'] ?? ''}
            style={{ left: x, top: y, width: w, height: h }}
            title={`${name}: ${formatBytes(item.bytes)}`}
            aria-label={`${name}, ${formatBytes(item.bytes)}`}
            // Small tiles would be hundreds of stops; the contents below reach every node.
            tabIndex={w > 54 && h > 18 ? 0 : -1}
            onClick={() => openTab(store, item.path)}
          >
            {w > 54 && h > 18 && <span className={classes['tileName']}>{name}</span>}
            {w > 76 && h > 34 && <span className={classes['tileBytes']}>{formatBytes(item.bytes)}</span>}
          </UnstyledButton>
        )
      })}
    </div>
  )
}
