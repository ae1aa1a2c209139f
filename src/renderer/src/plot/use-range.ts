import { useMemo } from 'react'
import { COLOR_MAPS } from '../ui/color-maps'
import { quantileRange } from './field'
import type { Measure } from './measure'
import { AUTO_RANGES, type PlotState } from './plot-state'
import { chooseRange, type RangeAnswer, smallestPositive, type ValueRange } from './value-range'

/**
 * The range and scale for values that are drawn at places from `base`: as typed, or from the values.
 *
 * @param forColors diverging colour maps are centred on 0
 */
export function useRange(
  state: PlotState,
  measure: Measure,
  {
    values,
    base,
    all,
    forColors,
  }: { values: Float64Array; base: bigint; all: ValueRange | null; forColors: boolean },
): RangeAnswer {
  const { auto, min, max, scale, colorMap, centred } = state
  const automatic = useMemo(
    () => (auto === 'all' ? all : quantileRange(values, AUTO_RANGES[auto])),
    [auto, values, all],
  )
  const positive = useMemo(() => (scale === 'log' ? smallestPositive(values) : null), [scale, values])
  const symmetric = forColors && centred && COLOR_MAPS[colorMap].group === 'diverging'
  return useMemo(() => {
    const typed = (text: string): number | null =>
      text.trim() === '' ? null : (measure.parse(text, base) ?? NaN)
    const wish = { min: typed(min), max: typed(max), kind: scale, symmetric }
    return chooseRange(automatic, wish, positive)
  }, [automatic, positive, min, max, scale, symmetric, measure, base])
}
