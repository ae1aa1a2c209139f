import type { NodeDetail } from '@shared/model/node'
import { reportProblem } from '../state/problems'
import { download } from '../ui/download'
import { csvText } from './csv'
import type { ExportFormat } from './plot-stage'
import type { FigureHandle } from './plotly-figure'

/** Saves a figure as a picture or its values as CSV, under the name of the array. */
export async function exportFigure(
  format: ExportFormat,
  {
    node,
    what,
    figure,
    rows,
  }: {
    node: Pick<NodeDetail, 'path'>
    /** "heatmap" */
    what: string
    figure: FigureHandle | null
    rows: () => Iterable<string[]>
  },
): Promise<void> {
  const name = `${node.path || 'array'}-${what}.${format}`
  try {
    if (format === 'csv') download(name, new Blob([csvText(rows())], { type: 'text/csv' }))
    else if (figure) download(name, await figure.picture(format))
  } catch (error) {
    reportProblem(error)
  }
}
