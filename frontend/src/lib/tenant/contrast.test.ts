import { describe, expect, it } from 'vitest'
import { themeVariables } from './apply-theme'
import { contrastRatio, mix, readable, textOn } from './contrast'

describe('contrastRatio', () => {
  it('agrees with the values WCAG gives', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 2)
    expect(contrastRatio('#1d4ed8', '#1d4ed8')).toBe(1)
  })
})

describe('mix', () => {
  it('goes from one colour to the other', () => {
    expect(mix('#000000', '#ffffff', 0)).toBe('#000000')
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(mix('#102030', '#ffffff', 1)).toBe('#ffffff')
  })
})

describe('readable', () => {
  it('keeps a colour that can be read', () => {
    expect(readable('#1d4ed8', ['#ffffff'], '#000000')).toBe('#1d4ed8')
  })

  it('changes one that cannot', () => {
    const corrected = readable('#ffd400', ['#ffffff'], '#000000')
    expect(contrastRatio(corrected, '#ffffff')).toBeGreaterThanOrEqual(4.5)
  })
})

describe('themeVariables', () => {
  const CHANNEL = ['00', '33', '66', '99', 'cc', 'ff']
  const cube = CHANNEL.flatMap((r) => CHANNEL.flatMap((g) => CHANNEL.map((b) => `#${r}${g}${b}`)))

  it('makes every brand readable wherever it is used', () => {
    const failures = cube.filter((color) => {
      const v = themeVariables({ primary_color: color, secondary_color: color })
      const pairs: [string | undefined, string | undefined, number][] = [
        [v['--on-brand'], v['--brand'], 4.5],
        [v['--on-brand'], v['--brand-hover'], 4.5],
        [v['--brand-strong'], '#ffffff', 4.5],
        [v['--brand-strong'], '#f5f6f8', 4.5],
        [v['--brand-strong'], v['--brand-soft'], 4.5],
        [v['--brand-edge'], '#ffffff', 3],
        [v['--brand-on-night'], '#10151d', 4.5],
      ]
      return pairs.some(([a = '', b = '', ratio]) => contrastRatio(a, b) < ratio)
    })
    expect(failures).toEqual([])
  })

  it('does not trust what is no colour', () => {
    const v = themeVariables({ primary_color: 'red;}', secondary_color: '' })
    expect(v['--brand']).toMatch(/^#[0-9a-f]{6}$/)
    expect(textOn(v['--brand'] ?? '')).toBe('#ffffff')
  })
})
