import type { PointStyle } from 'chart.js'
import { readable } from '@/lib/tenant/contrast'

/** What a canvas cannot take from the style sheet by itself. */
export interface Look {
  text: string
  line: string
  surface: string
  font: string
  series: string[]
}

const FALLBACKS = {
  '--brand-strong': '#1d4ed8',
  '--accent': '#0f766e',
  '--color-ink-soft': '#4b5665',
  '--color-line': '#e1e5ea',
  '--color-surface': '#ffffff',
  '--color-warning': '#7a4b00',
  '--color-danger': '#b3261e',
  '--color-success': '#18693a',
}

/** `#fff` -> `#ffffff`: the build shortens colours, and contrast is reckoned with long ones. */
const long = (color: string) => color.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')

/** The colours of the school as they are now, or those of the system where people have set their own. */
export function readLook(): Look {
  const style = getComputedStyle(document.documentElement)
  const read = (name: keyof typeof FALLBACKS) =>
    long(style.getPropertyValue(name).trim()) || FALLBACKS[name]
  const font = getComputedStyle(document.body).fontFamily
  if (matchMedia('(forced-colors: active)').matches) {
    return {
      text: 'CanvasText',
      line: 'GrayText',
      surface: 'Canvas',
      font,
      // Patterns, markers and dashes tell them apart.
      series: ['CanvasText'],
    }
  }
  const surface = read('--color-surface')
  return {
    text: read('--color-ink-soft'),
    line: read('--color-line'),
    surface,
    font,
    series: [
      read('--brand-strong'),
      // A school may choose a pale one; what is drawn needs 3:1 (WCAG 1.4.11).
      readable(read('--accent'), [surface], '#000000', 3),
      read('--color-warning'),
      read('--color-danger'),
      read('--color-ink-soft'),
      read('--color-success'),
    ],
  }
}

export const MARKERS: PointStyle[] = ['circle', 'rectRot', 'triangle', 'rect', 'star', 'cross']
export const DASHES: number[][] = [[], [8, 4], [2, 3], [10, 4, 2, 4], [14, 4], [4, 8]]

const TILE = 10

type Stroke = (context: CanvasRenderingContext2D) => void

/** The first is a plain field. */
const STROKES: (Stroke | null)[] = [
  null,
  (context) => {
    for (const shift of [-TILE, 0, TILE]) {
      context.moveTo(shift, TILE)
      context.lineTo(shift + TILE, 0)
    }
  },
  (context) => {
    context.moveTo(0, TILE / 2)
    context.lineTo(TILE, TILE / 2)
  },
  (context) => {
    context.moveTo(TILE / 2, 0)
    context.lineTo(TILE / 2, TILE)
  },
  (context) => {
    for (const shift of [-TILE, 0, TILE]) {
      context.moveTo(shift, 0)
      context.lineTo(shift + TILE, TILE)
    }
  },
  (context) => {
    context.moveTo(0, 0)
    context.lineTo(TILE, TILE)
    context.moveTo(0, TILE)
    context.lineTo(TILE, 0)
  },
]

/** A field in a colour with strokes over it, so that fields differ for whoever sees no colours. */
export function fill(look: Look, index: number): string | CanvasPattern {
  const color = look.series[index % look.series.length] ?? look.text
  const stroke = STROKES[index % STROKES.length]
  if (!stroke) return color
  const tile = document.createElement('canvas')
  tile.width = TILE
  tile.height = TILE
  const context = tile.getContext('2d')
  if (!context) return color
  context.fillStyle = color
  context.fillRect(0, 0, TILE, TILE)
  context.strokeStyle = look.surface
  context.lineWidth = 1.5
  context.beginPath()
  stroke(context)
  context.stroke()
  return context.createPattern(tile, 'repeat') ?? color
}
