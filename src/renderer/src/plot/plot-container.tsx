import { isNumeric } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { useMemo } from 'react'
import type { JsonObject } from '@shared/json/value'
import { jsonString } from '@shared/json/access'
import { cfPacking } from '../slicer/cf-packing'
import { nodeAttributes } from '../slicer/node-attributes'
import { SliceBar } from '../slicer/slice-bar'
import { columnCount, rowCount } from '../table/slice-state'
import { tableStore } from '../table/table-store'
import { Empty, Unreadable } from '../ui/states'
import { cfFlags } from './cf-flags'
import { HeatmapContainer } from './heatmap-container'
import { HistogramContainer } from './histogram-container'
import { LineContainer } from './line-container'
import { LineMapper } from './line-mapper'
import { lineAxis, linePlaces } from './line-places'
import { useMeasure } from './use-measure'
import classes from './plot.module.css'
import { PlotControls } from './plot-controls'
import { dimName, type PlotSource } from './plot-source'
import { plotState, type PlotKind } from './plot-state'

/** The Plot view of an array: line, heatmap or histogram of what the Data view's slice selects. */
export function PlotContainer({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  if (!array) return <Empty title="A group has no values">Choose an array in the explorer.</Empty>
  if (!array.readable || !array.dtype) return <Unreadable reason={array.reason} />
  const fields = array.dtype.kind === 'struct' ? array.dtype.fields.filter((f) => isNumeric(f.type)) : null
  if (fields?.length === 0 || (fields === null && !isNumeric(array.dtype)))
    return <Empty title="Nothing to plot">{whyNot(array.dtype)}</Empty>
  if (array.shape.includes(0)) return <Empty title="No values">A dimension of this array has length 0.</Empty>
  if (array.shape.length === 0)
    return <Empty title="A single value">This array has no dimensions; the Data view shows its value.</Empty>
  return (
    <PlotOfArray
      key={`${store.id} ${node.path}`}
      {...{ node, array }}
      dtype={array.dtype}
      store={store.id}
      fields={fields}
    />
  )
}

function whyNot(dtype: DataTypeSpec): string {
  if (dtype.kind === 'struct')
    return 'No field of these records is a number, a boolean or a time. The Data view shows them as text.'
  return 'These values are not numbers, booleans or times. The Data view shows them as text.'
}

interface Props {
  node: NodeDetail
  array: ArrayDetail
  dtype: DataTypeSpec
  store: string
  /** Of records: those that can be plotted. */
  fields: { name: string; type: DataTypeSpec }[] | null
}

function PlotOfArray({ node, array, dtype, store, fields }: Props) {
  const useTable = tableStore(store, node.path, array.shape)
  const { slice, setSlice } = useTable()
  const usePlot = plotState(store, node.path)
  const state = usePlot()
  const attributes = useMemo(() => nodeAttributes(node.attributesJson), [node.attributesJson])
  const packing = useMemo(() => cfPacking(attributes), [attributes])
  const flags = useMemo(() => cfFlags(attributes), [attributes])
  const field = fields ? (fields.find((f) => f.name === state.field) ?? fields[0] ?? null) : null
  const type = field?.type ?? dtype
  const { part, decode, fillMissing } = state
  const of = useMeasure(type, field?.name ?? null, part, decode ? packing : null, fillMissing)
  const kinds = kindsOf(slice.row !== null, slice.column !== null)
  const kind = state.kind !== null && kinds.includes(state.kind) ? state.kind : (kinds[0] ?? 'histogram')
  const source: PlotSource = {
    store,
    node,
    array,
    slice,
    measure: of,
    state,
    valueTitle: valueTitle(node, attributes, field?.name ?? null, of.dtype.kind === 'complex' ? part : null),
    meaning: flags,
  }
  const along = lineAxis(slice, state)
  const lines = linePlaces(slice, state, array, along)
  return (
    <div className={classes['view']}>
      <div className={classes['sliceRow']}>
        <SliceBar array={array} slice={slice} store={useTable} />
      </div>
      <PlotControls {...{ source, kind, kinds, fields }} hasPacking={packing !== null} onSlice={setSlice} />
      {kind === 'line' && <LineMapper {...{ source, along }} problem={lines.problem} onSlice={setSlice} />}
      {rowCount(slice) === 0 || columnCount(slice) === 0 ? (
        <Empty title="No values">This slice selects nothing.</Empty>
      ) : kind === 'heatmap' ? (
        <HeatmapContainer source={source} />
      ) : kind === 'line' ? (
        <LineContainer {...{ source, along }} name={dimName(array, along)} places={lines.places} />
      ) : (
        <HistogramContainer source={source} />
      )}
    </div>
  )
}

/** What can be plotted of a slice, the most telling kind first. */
const kindsOf = (hasRows: boolean, hasColumns: boolean): PlotKind[] =>
  hasColumns ? ['heatmap', 'line', 'histogram'] : hasRows ? ['line', 'histogram'] : ['histogram']

function valueTitle(
  node: NodeDetail,
  attributes: JsonObject,
  field: string | null,
  part: string | null,
): string {
  const name =
    field ??
    jsonString(attributes.get('long_name')) ??
    jsonString(attributes.get('standard_name')) ??
    node.name
  const units = jsonString(attributes.get('units'))
  const shown = part === null ? name : `${part} of ${name}`
  return units === undefined || / since /.test(units) ? shown : `${shown} (${units})`
}
