import { run } from 'axe-core'

/**
 * What axe finds wrong (WCAG 2.2 A and AA), each with the elements: `expect(await faults(container)).toEqual([])`.
 * Colours need a real browser; the browser tests look at those. So do landmarks: without the stylesheet
 * the menu of a phone and that of a desk are both there.
 */
export async function faults(container: Element = document.body): Promise<string[]> {
  const { violations } = await run(container, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {
      'color-contrast': { enabled: false },
      'landmark-unique': { enabled: false },
      region: { enabled: false },
    },
  })
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}\n${html}`),
  )
}
