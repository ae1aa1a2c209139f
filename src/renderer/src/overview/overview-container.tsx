import type { StoreInfo } from '@shared/model/host'
import type { NodeDetail } from '@shared/model/node'
import { jsonObject } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import { useMemo } from 'react'
import { useLive } from '../rpc/use-live'
import { useRequest } from '../rpc/use-request'
import { Notice } from '../ui/states'
import { ChunkSizesCard } from './chunk-sizes-card'
import { ConventionsCard } from './conventions-card'
import { recogniseConventions } from './conventions'
import { DocumentsCard } from './documents-card'
import { FactsCard } from './facts-card'
import { ArraySizesCard, ContentsCard } from './group-contents'
import { MiniMapCard } from './mini-map-card'
import classes from './overview.module.css'
import { PipelineCard } from './pipeline-card'
import { StorageContainer } from './storage-cards'

/** All that is known of a node at once: summary, facts, pipeline, storage, chunk map, conventions, documents. */
export function OverviewContainer({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  useLive(store.id, node.path)
  const storage = useRequest('node.storage', { store: store.id, path: node.path })
  const count = storage.data ?? storage.progress
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
        <StorageContainer node={node} store={store}>
          {(summary, storage) => (
            <>
              {summary}
              {array && <PipelineCard array={array} />}
              <div className={classes['columns']}>
                <div className={classes['stack']}>
                  {storage}
                  {array && array.nchunks > 0 && <MiniMapCard node={node} store={store} array={array} />}
                  {!array && count && <ChunkSizesCard count={count} store={store.id} base={node.path} />}
                </div>
                <div className={classes['stack']}>
                  {array && <FactsCard node={node} array={array} />}
                  {conventions.length > 0 && <ConventionsCard conventions={conventions} />}
                  {!array && <ArraySizesCard count={count} store={store.id} base={node.path} />}
                  {array && count && <ChunkSizesCard count={count} store={store.id} base={node.path} />}
                </div>
              </div>
            </>
          )}
        </StorageContainer>
        {!array && <ContentsCard node={node} store={store} count={count} />}
        <DocumentsCard documents={node.documents} />
      </div>
    </div>
  )
}

const NONE: JsonObject = new Map()

/** Attributes that cannot be parsed follow no convention; the Attributes view says what is wrong with them. */
function attributesOf(text: string): JsonObject {
  try {
    const { value } = parseJson(text)
    return jsonObject(value) ?? NONE
  } catch {
    return NONE
  }
}
