import type { ChunkMap } from '@shared/model/chunk-map'
import { useMemo } from 'react'
import { mapPixels, type PixelOptions } from './map-model'

/** The map as a canvas of one pixel per cell, made again only when its data or colours change; null without a map. */
export function useMapImage(
  map: ChunkMap | null,
  shape: { rows: number; columns: number },
  options: PixelOptions,
): HTMLCanvasElement | null {
  const { rows, columns } = shape
  const { mode, scale, projection, rawBytes, stored } = options
  return useMemo(() => {
    if (!map) return null
    const canvas = document.createElement('canvas')
    canvas.width = columns
    canvas.height = rows
    const ctx = canvas.getContext('2d')
    if (!ctx) return canvas
    const image = ctx.createImageData(columns, rows)
    mapPixels(map, { mode, scale, projection, rawBytes, stored, pixels: image.data })
    ctx.putImageData(image, 0, 0)
    return canvas
  }, [map, rows, columns, mode, scale, projection, rawBytes, stored])
}
