/** Half-open stretches of whole seconds, `[from, to)`, in order and apart from each other. */
export type SecondRanges = readonly (readonly [number, number])[]

/** Puts stretches into one, in whatever order they come. */
export function mergeRanges(...sets: SecondRanges[]): SecondRanges {
  const merged: [number, number][] = []
  for (const [from, to] of sets.flat().sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else if (from < to) merged.push([from, to])
  }
  return merged
}

/** What of the first set is not in the second. */
export function subtractRanges(set: SecondRanges, taken: SecondRanges): SecondRanges {
  let rest = mergeRanges(set)
  for (const [from, to] of taken) {
    rest = rest.flatMap(([a, b]) =>
      (
        [
          [a, Math.min(b, from)],
          [Math.max(a, to), b],
        ] as const
      ).filter(([start, end]) => start < end),
    )
  }
  return rest
}

export const countSeconds = (ranges: SecondRanges): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from, 0)

/** As the API gives them: pairs of numbers, of which the schema does not tell the length. */
export const toRanges = (pairs: readonly (readonly unknown[])[]): SecondRanges =>
  mergeRanges(pairs.map(([from, to]) => [Number(from), Number(to)] as const))
