import {
  mergeRanges,
  type SecondRanges,
  subtractRanges,
  toRanges,
} from '@/features/player/second-ranges'
import type { WatchReport } from '@/features/player/use-watch-report'

/** What was watched of one video and the server does not know yet. */
export interface WaitingReport extends WatchReport {
  contentId: string
  /** When the first of it was put here, in milliseconds since 1970: the oldest is sent first. */
  sinceMs: number
}

const PREFIX = 'lms.watched.'

/**
 * Reports of one person that the server has not confirmed, kept in this browser so that neither a reload nor
 * days without a network lose them. Reports of one video are put together: watched seconds are a set,
 * so that the order in which they came, and how often, makes no difference.
 */
export class WatchQueue {
  private readonly prefix: string
  private readonly storage: Storage
  /** What the browser has no room for, as in some private windows: kept as long as the page. */
  private readonly unstored = new Map<string, WaitingReport>()

  constructor(userId: string, storage: Storage = localStorage) {
    this.prefix = `${PREFIX}${userId}.`
    this.storage = storage
  }

  /** Kept before it is sent: the page may be gone before an answer comes. */
  add(contentId: string, report: WatchReport, nowMs = Date.now()): void {
    const waiting = this.read(contentId)
    this.write({
      ...report,
      contentId,
      watched: mergeRanges(waiting?.watched ?? [], report.watched),
      sinceMs: waiting?.sinceMs ?? nowMs,
    })
  }

  /** The server has answered: what it was told is done with, but for what it did not believe yet. */
  settle(sent: WaitingReport, rejected: SecondRanges): void {
    // Another tab, or the player, may have added to it meanwhile.
    const waiting = this.read(sent.contentId)
    if (!waiting) return
    const credited = subtractRanges(sent.watched, rejected)
    const watched = subtractRanges(waiting.watched, credited)
    const isMoved = waiting.positionSeconds !== sent.positionSeconds
    if (watched.length === 0 && !isMoved) this.drop(sent.contentId)
    else this.write({ ...waiting, watched })
  }

  /** The server will never take it. */
  drop(contentId: string): void {
    this.unstored.delete(contentId)
    this.storage.removeItem(this.prefix + contentId)
  }

  /** The oldest first. */
  list(): WaitingReport[] {
    const stored = Array.from(
      { length: this.storage.length },
      (_, index) => this.storage.key(index) ?? '',
    )
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length))
    return [...new Set([...stored, ...this.unstored.keys()])]
      .flatMap((contentId) => this.read(contentId) ?? [])
      .toSorted((a, b) => a.sinceMs - b.sinceMs)
  }

  private read(contentId: string): WaitingReport | null {
    const unstored = this.unstored.get(contentId)
    if (unstored) return unstored
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.prefix + contentId) ?? 'null')
      if (typeof kept !== 'object' || kept === null || !('watched' in kept)) return null
      const { watched, positionSeconds, playbackRate, sinceMs } = kept as Partial<WaitingReport>
      return {
        contentId,
        watched: Array.isArray(watched) ? toRanges(watched.filter(Array.isArray)) : [],
        positionSeconds: Number(positionSeconds) || 0,
        playbackRate: Number(playbackRate) || 1,
        sinceMs: Number(sinceMs) || 0,
      }
    } catch {
      // Somebody else wrote there; it is not worth a fault.
      return null
    }
  }

  private write(waiting: WaitingReport): void {
    const { contentId, ...report } = waiting
    try {
      this.storage.setItem(this.prefix + contentId, JSON.stringify(report))
      this.unstored.delete(contentId)
    } catch {
      this.unstored.set(contentId, waiting)
    }
  }
}
