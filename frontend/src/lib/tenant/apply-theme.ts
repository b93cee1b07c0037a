import type { Theme } from '@/lib/api/operations'
import { contrastRatio, isHexColor, mix, readable, TEXT_RATIO, textOn } from './contrast'

/** The surfaces of index.css that text in brand colours may lie on. */
const SURFACE = '#ffffff'
const PAGE = '#f5f6f8'
/** Background of the player. */
const NIGHT = '#10151d'

const DEFAULT_PRIMARY = '#1d4ed8'
const DEFAULT_SECONDARY = '#0f766e'

/**
 * Fonts that a school may choose, served from our own host and fetched only when chosen.
 * Names as the API sends them.
 */
const FONTS: Record<string, { stack: string; load: () => Promise<unknown> }> = {
  Inter: {
    stack: "'Inter Variable'",
    load: () => import('@fontsource-variable/inter'),
  },
  'Source Sans 3': {
    stack: "'Source Sans 3 Variable'",
    load: () => import('@fontsource-variable/source-sans-3'),
  },
  'Noto Sans': {
    stack: "'Noto Sans Variable'",
    load: () => import('@fontsource-variable/noto-sans'),
  },
  Merriweather: {
    stack: "'Merriweather Variable', Georgia",
    load: () => import('@fontsource-variable/merriweather'),
  },
  'Atkinson Hyperlegible': {
    stack: "'Atkinson Hyperlegible'",
    load: () =>
      Promise.all([
        import('@fontsource/atkinson-hyperlegible/400.css'),
        import('@fontsource/atkinson-hyperlegible/700.css'),
      ]),
  },
}
const SYSTEM_STACK = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

const pick = (value: string, fallback: string) =>
  isHexColor(value) ? value.toLowerCase() : fallback

/** The CSS variables of a school's branding, each readable where index.css uses it. */
export function themeVariables(
  theme: Pick<Theme, 'primary_color' | 'secondary_color'>,
): Record<string, string> {
  const brand = pick(theme.primary_color, DEFAULT_PRIMARY)
  const accent = pick(theme.secondary_color, DEFAULT_SECONDARY)
  const onBrand = textOn(brand)
  // Under the pointer the button moves away from its text colour, so that it only gains contrast.
  const hover = mix(brand, onBrand === '#ffffff' ? '#000000' : '#ffffff', 0.18)
  const soft = mix(SURFACE, brand, 0.08)
  return {
    '--brand': brand,
    '--on-brand': onBrand,
    '--brand-hover': contrastRatio(hover, onBrand) >= TEXT_RATIO ? hover : brand,
    '--brand-soft': soft,
    // A pale brand needs an edge, or its buttons would have no shape (WCAG 1.4.11 asks for 3:1).
    '--brand-edge': readable(brand, [SURFACE, PAGE], '#000000', 3),
    '--brand-strong': readable(brand, [SURFACE, PAGE, soft], '#000000'),
    '--brand-on-night': readable(brand, [NIGHT], '#ffffff'),
    '--accent': accent,
    '--on-accent': textOn(accent),
  }
}

export function applyTheme(theme: Theme): void {
  const root = document.documentElement
  // Set through the object model: a content security policy need not allow inline styles for it.
  for (const [name, value] of Object.entries(themeVariables(theme))) {
    root.style.setProperty(name, value)
  }
  applyFont(theme.font_family)
}

/** Pages of the platform itself have the colours of index.css, and the font that schools begin with. */
export function applyPlatformFont(): void {
  applyFont('Inter')
}

function applyFont(name: string): void {
  document.documentElement.style.setProperty('--font-brand', fontStack(name))
  loadFont(name)
}

/** For `font-family`: the font by the name of the API, with those that stand in for it. */
export function fontStack(name: string): string {
  const font = FONTS[name]
  return font ? `${font.stack}, ${SYSTEM_STACK}` : SYSTEM_STACK
}

/** Fetches the font's file. Without it the text stays in the next font of the stack; nothing else breaks. */
export function loadFont(name: string): void {
  FONTS[name]?.load().catch(() => undefined)
}
