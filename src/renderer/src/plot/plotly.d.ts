/** plotly.js brings no types; `plotly-types` describes the part of it that the window uses. */
declare module 'plotly.js' {
  const plotly: import('./plotly-types').PlotlyLibrary
  export default plotly
}
