export interface Sample {
  /** Milliseconds. */
  at: number
  bytes: number
}

/** What counts for the speed: long enough to be steady, short enough to follow a changing line. */
const WINDOW_MS = 10_000
/** Less says nothing yet. */
const LEAST_MS = 1000

/** The samples of the last seconds, with another one. */
export const addSample = (samples: readonly Sample[], sample: Sample): Sample[] => [
  ...samples.filter(({ at }) => sample.at - at <= WINDOW_MS),
  sample,
]

/** Bytes per second over the samples; null while that cannot be said. */
export function rateOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at - first.at < LEAST_MS) return null
  return Math.max(0, ((last.bytes - first.bytes) / (last.at - first.at)) * 1000)
}
