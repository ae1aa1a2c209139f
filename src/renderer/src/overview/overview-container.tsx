import type { StoreInfo } from '@shared/model/host'
import type { NodeDetail } from '@shared/model/node'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import { useMemo } from 'react'
import { Notice } from '../ui/states'
import { ConventionsCard } from './conventions-card'
import { recogniseConventions } from './conventions'
import { DocumentsCard } from './documents-card'
import { FactsCard } from './facts-card'
import { GroupContents } from './group-contents'
import { MiniMapCard } from './mini-map-card'
import classes from './overview.module.css'
import { PipelineCard } from './pipeline-card'
import { StorageCards } from './storage-cards'

/** All that is known of a node at once: summary, facts, pipeline, storage, chunk map, conventions, documents. */
export function OverviewContainer({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  const conventions = useMemo(
    () => recogniseConventions(attributesOf(node.attributesJson), array),
    [node.attributesJson, array],
  )
  return (
    <div className={classes['scroller']}>
      <div className={classes['page']}>
        {node.problem !== undefined && <Notice>{node.problem}</Notice>}
        {array && !array.readable && (
          <Notice>
            {array.reason ?? node.unsupported ?? 'The data of this array cannot be read.'} Its metadata is
            shown; its data stays closed.
          </Notice>
        )}
        {node.consolidatedDifference !== undefined && (
          <Notice>The consolidated metadata differs from this node: {node.consolidatedDifference}</Notice>
        )}
        <div className={classes['columns']}>
          <StorageCards node={node} store={store} />
          {array && <FactsCard node={node} array={array} />}
          {array && <PipelineCard array={array} />}
          {array && array.nchunks > 0 && <MiniMapCard node={node} store={store} array={array} />}
          {!array && <GroupContents node={node} store={store} />}
          {conventions.length > 0 && <ConventionsCard conventions={conventions} />}
          <DocumentsCard documents={node.documents} />
        </div>
      </div>
    </div>
  )
}

/** Attributes that cannot be parsed follow no convention; the Attributes view says what is wrong with them. */
function attributesOf(text: string): JsonObject {
  try {
    const { value } = parseJson(text)
    return value instanceof Map ? value : new Map()
  } catch {
    return new Map()
  }
}
