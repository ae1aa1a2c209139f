import type { ChunkMap } from '@shared/model/chunk-map'
import { useMemo } from 'react'
import type { Rgb } from './color-scale'
import { type ColorMode, mapPixels, type Projection } from './map-model'

/** The map as a canvas of one pixel per cell, made again only when its data or colours change. */
export function useMapImage(
  map: ChunkMap,
  rows: number,
  columns: number,
  options: { mode: ColorMode; projection: Projection; rawBytes: number; stored: Rgb },
): HTMLCanvasElement {
  const { mode, projection, rawBytes, stored } = options
  return useMemo(() => {
    const canvas = document.createElement('canvas')
    canvas.width = columns
    canvas.height = rows
    const ctx = canvas.getContext('2d')
    if (!ctx) return canvas
    const image = ctx.createImageData(columns, rows)
    mapPixels(map, { mode, projection, rawBytes, stored, pixels: image.data })
    ctx.putImageData(image, 0, 0)
    return canvas
  }, [map, rows, columns, mode, projection, rawBytes, stored])
}
