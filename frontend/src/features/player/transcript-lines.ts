import type { TranscriptSegment } from '@/lib/api/operations'

/**
 * Index of the line being said at `time`: the last one that has begun. Between two lines the
 * earlier one stays marked, so that a pause in speech does not make the mark flicker. -1 before the
 * first line. `segments` are in order of time.
 */
export function findActiveLine(segments: readonly TranscriptSegment[], time: number): number {
  let low = 0
  let high = segments.length
  // A jump to a line's start may land a hair before it, on a frame boundary.
  const reached = time + 0.05
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.start ?? 0) <= reached) low = middle + 1
    else high = middle
  }
  return low - 1
}
