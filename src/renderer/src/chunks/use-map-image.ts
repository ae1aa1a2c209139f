import type { ChunkMap } from '@shared/model/chunk-map'
import { useMemo } from 'react'
import { mapPixels, type PixelOptions } from './map-values'

/** The map as a canvas of one pixel per cell, made again only when its data or colours change; null without a map. */
export function useMapImage(map: ChunkMap | null, options: PixelOptions): HTMLCanvasElement | null {
  const { mode, scale, projection, rawBytes, colors } = options
  return useMemo(() => {
    if (!map || map.rows === 0 || map.columns === 0) return null
    const canvas = document.createElement('canvas')
    canvas.width = map.columns
    canvas.height = map.rows
    const ctx = canvas.getContext('2d')
    if (!ctx) return canvas
    const image = ctx.createImageData(map.columns, map.rows)
    mapPixels(map, { mode, scale, projection, rawBytes, colors, pixels: image.data })
    ctx.putImageData(image, 0, 0)
    return canvas
  }, [map, mode, scale, projection, rawBytes, colors])
}
