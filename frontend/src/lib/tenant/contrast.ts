/** Colour arithmetic of WCAG 2.2 (relative luminance, contrast ratio) on `#rrggbb` strings. */

/** Ratio that WCAG 1.4.3 asks of text. */
export const TEXT_RATIO = 4.5

type Rgb = readonly [number, number, number]

export const isHexColor = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value)

function toRgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const toHex = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

function luminance(hex: string): number {
  const [r, g, b] = toRgb(hex).map((part) => {
    const s = part / 255
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** From 1 (same) to 21 (black on white). */
export function contrastRatio(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** `amount` 0 is `color`, 1 is `other`. */
export function mix(color: string, other: string, amount: number): string {
  const to = toRgb(other)
  return toHex(
    toRgb(color).map((part, i) => part + ((to[i] ?? 0) - part) * amount) as unknown as Rgb,
  )
}

/** Text colours in the order in which they please; white or black always reaches 4.5:1. */
const TEXT_COLORS = ['#ffffff', '#111111', '#000000']

/** The text colour for `background`. */
export const textOn = (background: string): string =>
  TEXT_COLORS.find((color) => contrastRatio(background, color) >= TEXT_RATIO) ?? '#000000'

/**
 * `color`, moved towards `towards` only as far as needed to reach `ratio` on every background.
 * A school keeps its colour where it can be read, and a neighbour of it where it cannot.
 */
export function readable(
  color: string,
  backgrounds: readonly string[],
  towards: '#000000' | '#ffffff',
  ratio = TEXT_RATIO,
): string {
  for (let amount = 0; amount < 1; amount += 0.02) {
    const candidate = mix(color, towards, amount)
    if (backgrounds.every((background) => contrastRatio(candidate, background) >= ratio)) {
      return candidate
    }
  }
  return towards
}
