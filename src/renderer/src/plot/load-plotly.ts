import type { PlotlyLibrary } from './plotly-types'

let loading: Promise<PlotlyLibrary> | undefined

/** The drawing library, which is large and fetched only when the first plot is seen. */
export function loadPlotly(): Promise<PlotlyLibrary> {
  loading ??= import('plotly.js').then(
    (module) => module.default,
    (error: unknown) => {
      // The next plot tries again.
      loading = undefined
      throw error
    },
  )
  return loading
}
