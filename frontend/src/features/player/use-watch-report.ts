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
  /** Watched in an earlier visit and never told, because there was no network. */
  untold: SecondRanges
  /**
   * Tells the server.
   *
   * @returns seconds that have to be told again later: not believed yet, or not arrived
   */
  send: (report: WatchReport) => Promise<SecondRanges>
}

/** While it plays, in milliseconds; what happens between two reports is lost only by a crash. */
const EVERY_MS = 10_000

/** The API takes no more at once. */
const MOST_RANGES = 200

/**
 * Tells the server which seconds were watched: every ten seconds, when it stops, after a jump, and
 * when the page is hidden or left. One report at a time, so that none overtakes another.
 */
export function useWatchReport({ video, durationSeconds, untold, send }: Options): void {
  const tell = useEffectEvent(send)
  const earlier = useEffectEvent(() => untold)

  useEffect(() => {
    if (!video || durationSeconds <= 0) return undefined
    const log = new WatchLog(durationSeconds)
    log.giveBack(earlier())
    let running: Promise<void> | null = null
    /** Null until it has played: merely looking at the page must not move the place to go on at. */
    let position: number | null = null
    let toldPosition = -1

    const report = async () => {
      if (position === null) return
      const watched = log.take()
      const positionSeconds = Math.min(position, Math.ceil(durationSeconds))
      if (watched.length === 0 && positionSeconds === toldPosition) return
      toldPosition = positionSeconds
      log.giveBack(watched.slice(MOST_RANGES))
      const sent = watched.slice(0, MOST_RANGES)
      // Faster or slower than the API believes possible is the API's business to limit.
      const playbackRate = Math.min(2, Math.max(0.25, video.playbackRate))
      log.giveBack(await tell({ watched: sent, positionSeconds, playbackRate }))
    }
    const reportNow = () => {
      if (running) return
      running = report().finally(() => {
        running = null
      })
    }

    const now = () => performance.now()
    const isMoving = () => !video.paused && !video.seeking && !video.ended
    const onMoving = () => {
      if (!isMoving()) return
      position = video.currentTime
      log.begin(position, now())
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
      reportNow()
    }
    // At `seeking` the clock shows the new place already: what was watched ends where it was last seen.
    const onSeeking = () => log.end()
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
      ['playing', onMoving],
      ['timeupdate', onTime],
      ['pause', onStop],
      ['ended', onStop],
      ['emptied', onSeeking],
      ['seeking', onSeeking],
      ['seeked', onSeeked],
    ] as const
    for (const [event, listener] of listeners) video.addEventListener(event, listener)
    document.addEventListener('visibilitychange', onHidden)
    addEventListener('pagehide', reportNow)
    addEventListener('online', reportNow)
    return () => {
      clearInterval(timer)
      for (const [event, listener] of listeners) video.removeEventListener(event, listener)
      document.removeEventListener('visibilitychange', onHidden)
      removeEventListener('pagehide', reportNow)
      removeEventListener('online', reportNow)
      log.end()
      reportNow()
    }
  }, [video, durationSeconds])
}
