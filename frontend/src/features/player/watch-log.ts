import { mergeRanges, type SecondRanges } from './second-ranges'

/** A clock that ticks late, as in a tab in the background, is believed; this much beyond it is a jump. */
const TOLERANCE_SECONDS = 1.5

/**
 * Writes down which seconds of a video went by on the screen. A jump leaves a gap, however it came
 * about: what was jumped over was not watched.
 */
export class WatchLog {
  private begun: number | null = null
  private last = 0
  private lastMs = 0
  private pending: SecondRanges = []
  private readonly durationSeconds: number

  constructor(durationSeconds: number) {
    this.durationSeconds = durationSeconds
  }

  get isRunning(): boolean {
    return this.begun !== null
  }

  /** The picture moves from here on. */
  begin(position: number, nowMs: number): void {
    if (this.begun !== null) this.end()
    this.begun = position
    this.last = position
    this.lastMs = nowMs
  }

  /** It has come to here. */
  advance(position: number, rate: number, nowMs: number): void {
    if (this.begun === null) return
    const possible = ((nowMs - this.lastMs) / 1000) * rate + TOLERANCE_SECONDS
    if (position < this.last || position - this.last > possible) {
      this.begin(position, nowMs)
      return
    }
    this.last = position
    this.lastMs = nowMs
  }

  /** It stands, or is somewhere else. */
  end(): void {
    if (this.begun !== null) this.keep(this.begun, this.last)
    this.begun = null
  }

  /** What was watched and is not told yet; from now on it counts as told. */
  take(): SecondRanges {
    if (this.begun !== null) {
      this.keep(this.begun, this.last)
      // The second that is running is told when it is over.
      this.begun = Math.max(this.begun, this.isAtEnd(this.last) ? this.last : Math.floor(this.last))
    }
    const taken = this.pending
    this.pending = []
    return taken
  }

  private keep(from: number, to: number): void {
    const whole = [
      Math.floor(from),
      // The last second is seldom a whole one.
      this.isAtEnd(to) ? Math.ceil(this.durationSeconds) : Math.floor(to),
    ] as const
    if (whole[0] < whole[1]) this.pending = mergeRanges(this.pending, [whole])
  }

  private isAtEnd(position: number): boolean {
    return position >= this.durationSeconds - 0.3
  }
}
