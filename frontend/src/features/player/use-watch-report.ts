import { useEffect, useEffectEvent } from 'react'
import type { SecondRanges } from './second-ranges'
import { WatchLog } from './watch-log'

export interface WatchReport {
  watched: SecondRanges
  positionSeconds: number
  playbackRate: number
}

interface Options {
  video: HTMLVideoElement | null
  durationSeconds: number
  /** Takes a report at once, and sees to it that the server learns of it in the end. */
  onReport: (report: WatchReport) => void
}

/** While it plays, in milliseconds; what happens between two reports is lost only by a crash. */
const EVERY_MS = 10_000

/**
 * Tells which seconds were watched: every ten seconds, when it stops, after a jump, and when the page is
 * hidden or left.
 */
export function useWatchReport({ video, durationSeconds, onReport }: Options): void {
  const tell = useEffectEvent(onReport)

  useEffect(() => {
    if (!video || durationSeconds <= 0) return undefined
    const log = new WatchLog(durationSeconds)
    /** Null until it has played: merely looking at the page must not move the place to go on at. */
    let position: number | null = null
    let toldPosition = -1
    /** Where the picture stood before it began to move. */
    let stood: number | null = null

    const reportNow = () => {
      if (position === null) return
      const watched = log.take()
      const positionSeconds = Math.min(position, Math.ceil(durationSeconds))
      if (watched.length === 0 && positionSeconds === toldPosition) return
      toldPosition = positionSeconds
      // Faster or slower than the API believes possible is the API's business to limit.
      const playbackRate = Math.min(2, Math.max(0.25, video.playbackRate))
      tell({ watched, positionSeconds, playbackRate })
    }

    const now = () => performance.now()
    const isMoving = () => !video.paused && !video.seeking && !video.ended
    const onMoving = () => {
      if (!isMoving()) return
      position = video.currentTime
      // On a busy machine the event comes a second after the picture has begun to move.
      if (!log.isRunning) log.begin(stood ?? position, now())
      log.advance(position, video.playbackRate, now())
    }
    const onStill = () => {
      if (!log.isRunning) stood = video.currentTime
    }
    const onTime = () => {
      // Without data the clock stands at 0, which says nothing.
      if (video.seeking || position === null || video.readyState === 0) return
      position = video.currentTime
      log.advance(position, video.playbackRate, now())
    }
    const onStop = () => {
      onTime()
      log.end()
      onStill()
      reportNow()
    }
    // At `seeking` the clock shows the new place already: what was watched ends where it was last seen.
    const onSeeking = () => {
      log.end()
      onStill()
    }
    const onSeeked = () => {
      if (position !== null) position = video.currentTime
      onMoving()
      reportNow()
    }
    const onHidden = () => {
      if (document.visibilityState === 'hidden') reportNow()
    }
    const timer = setInterval(() => {
      if (isMoving()) reportNow()
    }, EVERY_MS)

    const listeners = [
      ['play', onStill],
      ['playing', onMoving],
      ['timeupdate', onTime],
      ['pause', onStop],
      ['ended', onStop],
      ['emptied', onSeeking],
      ['seeking', onSeeking],
      ['seeked', onSeeked],
    ] as const
    // Before everybody else hears of it: who jumps away at the end of a part must not take its last second along.
    const first = { capture: true }
    for (const [event, listener] of listeners) video.addEventListener(event, listener, first)
    document.addEventListener('visibilitychange', onHidden)
    addEventListener('pagehide', reportNow)
    return () => {
      clearInterval(timer)
      for (const [event, listener] of listeners) video.removeEventListener(event, listener, first)
      document.removeEventListener('visibilitychange', onHidden)
      removeEventListener('pagehide', reportNow)
      log.end()
      reportNow()
    }
  }, [video, durationSeconds])
}
