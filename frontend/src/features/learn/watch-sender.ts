import type { SecondRanges } from '@/features/player/second-ranges'
import type { WaitingReport, WatchQueue } from './watch-queue'

/** The API takes no more stretches at once. */
const MOST_RANGES = 200

/** `failed`: the last try did not get through, and something waits. */
export type SendState = 'idle' | 'sending' | 'failed'

interface Options {
  queue: WatchQueue
  /** @returns seconds that the server does not believe yet */
  send: (report: WaitingReport) => Promise<SecondRanges>
  /** Whether trying later may help. */
  isPassing: (error: unknown) => boolean
  onState: (state: SendState) => void
}

/** Sends what waits, the oldest first and one at a time, so that no report overtakes another. */
export class WatchSender {
  private running: Promise<void> | null = null
  private isWanted = false
  private readonly options: Options

  constructor(options: Options) {
    this.options = options
  }

  /** Once more when something came meanwhile; resolves when all was tried. */
  flush(): Promise<void> {
    this.isWanted = true
    this.running ??= this.run().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async run(): Promise<void> {
    const { onState } = this.options
    let isThrough = true
    while (this.isWanted && isThrough) {
      this.isWanted = false
      onState('sending')
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      isThrough = await this.sendAll()
    }
    onState(isThrough ? 'idle' : 'failed')
  }

  /** @returns false when there is no getting through just now */
  private async sendAll(): Promise<boolean> {
    const { queue, send, isPassing } = this.options
    for (const waiting of queue.list()) {
      let rest = waiting.watched
      do {
        const report = { ...waiting, watched: rest.slice(0, MOST_RANGES) }
        rest = rest.slice(MOST_RANGES)
        try {
          // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
          queue.settle(report, await send(report))
        } catch (error) {
          if (isPassing(error)) return false
          // What the server will never take is not worth keeping.
          queue.drop(waiting.contentId)
          break
        }
      } while (rest.length > 0)
    }
    return true
  }
}
