import { useMemo } from 'react'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { NodeDetail } from '@shared/model/node'
import type { StoreInfo } from '@shared/model/host'
import { Empty, Unreadable } from '../ui/states'
import { ArrayTable } from './array-table'

/** The Data view of an array: slice bar, dimension mapper, table. */
export function DataView({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  // Metadata is read again after every edit; as long as it says the same, what is shown stays.
  const spec = array?.dtype ? JSON.stringify(array.dtype) : null
  const dtype = useMemo(() => (spec === null ? null : dataType(JSON.parse(spec) as DataTypeSpec)), [spec])
  if (!array) return <Empty title="A group holds no cells">Choose an array in the explorer.</Empty>
  if (!array.readable || !dtype) return <Unreadable reason={array.reason} />
  return <ArrayTable key={`${store.id} ${node.path}`} node={node} array={array} store={store} dtype={dtype} />
}
