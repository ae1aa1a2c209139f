import { paintMap } from './map-paint'
import type { MapScene } from './map-scene'
import type { Viewport } from './map-layout'

/**
 * Draws a map on its canvas, at most once a frame, however often scene and viewport change: zooming and panning never
 * go through React.
 */
export class MapPainter {
  private readonly canvas: HTMLCanvasElement
  private scene: MapScene | null = null
  private view: Viewport | null = null
  private frame: number | null = null

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas
  }

  setScene(scene: MapScene): void {
    this.scene = scene
    this.schedule()
  }

  setView(view: Viewport): void {
    this.view = view
    this.schedule()
  }

  stop(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame)
    this.frame = null
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null
      this.paint()
    })
  }

  private paint(): void {
    const { canvas, scene, view } = this
    const ctx = canvas.getContext('2d')
    if (!scene || !view || !ctx) return
    const ratio = window.devicePixelRatio
    const width = Math.round(scene.size.width * ratio)
    const height = Math.round(scene.size.height * ratio)
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    paintMap(ctx, scene, view)
  }
}
