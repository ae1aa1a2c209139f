import { useElementSize } from '@mantine/hooks'
import { Button, Group, UnstyledButton } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import type { NodeDetail, NodeSummary, StorageCount } from '@shared/model/node'
import { useMemo } from 'react'
import { IconFolder, IconGridDots } from '@tabler/icons-react'
import { runCommand } from '../app/commands'
import { useRequest } from '../rpc/use-request'
import { openTab } from '../state/tabs'
import { useFrozen } from '../state/use-frozen'
import { dtypeLabel, formatBytes, formatCount, formatShape, printable } from '../ui/format'
import { Empty, ErrorNote, Loading } from '../ui/states'
import { Card } from './card'
import classes from './overview.module.css'
import { treemap } from './treemap'

const ROWS_SHOWN = 200

/** The arrays below a group by the bytes they store, as far as they are counted. */
export function ArraySizesCard({
  count,
  store,
  base,
}: {
  count: StorageCount | undefined
  store: string
  base: string
}) {
  const arrays = count?.arrays
  const more = arrays ? arrays.total - arrays.list.length : 0
  return (
    <Card
      title="Arrays by size"
      grow
      aside={
        count?.done && more > 0 ? (
          <span className={classes['countState']}>
            the largest {formatCount(arrays!.list.length)} of {formatCount(arrays!.total)}
          </span>
        ) : null
      }
    >
      <Treemap count={count} store={store} base={base} />
    </Card>
  )
}

/** The children of a group. */
export function ContentsCard({
  node,
  store,
  count,
}: {
  node: NodeDetail
  store: StoreInfo
  count: StorageCount | undefined
}) {
  const frozen = useFrozen(store.id)
  const children = useRequest('node.children', { store: store.id, path: node.path })
  return (
    <Card title="Contents">
      {children.status === 'error' && <ErrorNote error={children.error} onRetry={children.retry} compact />}
      {!children.data && children.status === 'loading' && <Loading what="Listing" />}
      {children.data?.length === 0 && (
        <Empty title="Empty group">
          It has no arrays and no groups.
          {frozen === null && <FirstNode />}
        </Empty>
      )}
      {children.data && children.data.length > 0 && (
        <Contents list={children.data} count={count} store={store.id} />
      )}
    </Card>
  )
}

/** What an empty group is waiting for; the commands go for the group in front. */
function FirstNode() {
  return (
    <Group gap={8}>
      <Button variant="default" onClick={() => runCommand('array.newArray')}>
        New array…
      </Button>
      <Button variant="default" onClick={() => runCommand('file.import')}>
        Import…
      </Button>
    </Group>
  )
}

function Contents({
  list,
  count,
  store,
}: {
  list: NodeSummary[]
  count: StorageCount | undefined
  store: string
}) {
  const bytes = useMemo(() => new Map(count?.children), [count])
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
          const size = bytes.get(child.name)
          return (
            <tr key={child.path}>
              <td>
                <UnstyledButton
                  className={classes['childName'] ?? ''}
                  title={printable(child.name)}
                  onClick={() => openTab(store, child.path)}
                >
                  <Icon size={14} aria-hidden />
                  <span>{printable(child.name)}</span>
                </UnstyledButton>
              </td>
              <td title={dtypeLabel(child.dtype ?? '')}>{dtypeLabel(child.dtype ?? '')}</td>
              <td data-number>
                {child.shape
                  ? formatShape(child.shape)
                  : child.childCount === undefined
                    ? ''
                    : `${formatCount(child.childCount)} ${child.childCount === 1 ? 'child' : 'children'}`}
              </td>
              <td data-number>{child.chunks ? formatShape(child.chunks) : ''}</td>
              <td data-number>{size === undefined ? '' : formatBytes(size)}</td>
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

function Treemap({ count, store, base }: { count: StorageCount | undefined; store: string; base: string }) {
  const { ref, width, height } = useElementSize()
  const list = count?.arrays?.list ?? []
  const tiles = treemap(list, (array) => array.nbytesStored, { x: 0, y: 0, width, height })
  if (count?.done && tiles.length === 0 && list.every(({ nbytesStored }) => nbytesStored === 0))
    return (
      <p className={classes['quiet']}>
        {list.length === 0 ? 'There are no arrays below this group.' : 'Nothing is stored yet.'}
      </p>
    )
  return (
    <div ref={ref} className={classes['treemap']}>
      {tiles.map(({ item, x, y, width: w, height: h }) => {
        const name = printable(base === '' ? item.path : item.path.slice(base.length + 1))
        return (
          <UnstyledButton
            key={item.path}
            className={classes['tile'] ?? ''}
            style={{ left: x, top: y, width: w, height: h }}
            title={`${name}: ${formatBytes(item.nbytesStored)}`}
            aria-label={`${name}, ${formatBytes(item.nbytesStored)}`}
            // Small tiles would be hundreds of stops; the contents below reach every node.
            tabIndex={w > 54 && h > 18 ? 0 : -1}
            onClick={() => openTab(store, item.path)}
          >
            {w > 54 && h > 18 && <span className={classes['tileName']}>{name}</span>}
            {w > 76 && h > 34 && (
              <span className={classes['tileBytes']}>{formatBytes(item.nbytesStored)}</span>
            )}
          </UnstyledButton>
        )
      })}
    </div>
  )
}
