import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { isTransient } from '@/lib/api/problem'
import { type Qualities, useHls } from './use-hls'

export interface PlaybackSource {
  hlsUrl: string
  captionsUrl: string | null
}

interface Options {
  video: HTMLVideoElement | null
  source: PlaybackSource
  startAt: number
  /** Asks the server for a new grant; null when the video may not be watched any more. */
  renewSource: () => Promise<PlaybackSource | null>
}

/** `network` mends itself; the others wait for the person. `gone`: the server has no such video now. */
export type PlaybackTrouble = 'network' | 'media' | 'unsupported' | 'gone'

interface Playback {
  source: PlaybackSource
  /** What the person has to know; null while all is well or is being mended unnoticed. */
  trouble: PlaybackTrouble | null
  retry: () => void
  /** For captions that did not load: they are fetched late, perhaps after the grant has run out. */
  renewCaptions: () => void
  qualities: Qualities
}

/** Waits between tries without an answer, in seconds; the last one repeats. */
const BACK_OFF = [1, 2, 4, 8, 15, 30] as const

/** New grants that did not help before the video counts as gone. */
const MAX_RENEWALS = 4

/** After this long without trouble the next trouble is a new one. */
const FORGET_MS = 60_000

/**
 * Keeps a video playing through the two failures that are normal: the grant in its address runs out
 * during a long pause, and the network goes away for a while. Both go on at the same second.
 */
export function usePlayback({ video, source: given, startAt, renewSource }: Options): Playback {
  // Kept while it works: the course page gets a new address at every refetch, and taking each
  // of them would interrupt the video.
  const [source, setSource] = useState(given)
  const { fault, resumeLoading, restart, qualities } = useHls({
    video,
    src: source.hlsUrl,
    startAt,
  })
  const [gone, setGone] = useState(false)
  const [heldUp, setHeldUp] = useState(false)
  /** Counts renewals without an answer, so that each of them schedules the next. */
  const [round, setRound] = useState(0)
  const tries = useRef(0)
  const lastTry = useRef(0)

  const renew = useCallback(
    async (askedByPerson: boolean) => {
      try {
        const fresh = await renewSource()
        const unchanged = fresh?.hlsUrl === source.hlsUrl
        // The same address again: it is not a matter of time then.
        if (!fresh || (!askedByPerson && (unchanged || tries.current > MAX_RENEWALS))) {
          setGone(true)
          return
        }
        setGone(false)
        setHeldUp(false)
        setSource(fresh)
        if (unchanged) restart()
      } catch (error) {
        if (isTransient(error)) {
          setRound((count) => count + 1)
        } else {
          setGone(true)
        }
      }
    },
    [renewSource, restart, source.hlsUrl],
  )

  const mend = useEffectEvent((kind: 'expired' | 'network') => {
    tries.current += 1
    lastTry.current = performance.now()
    if (kind === 'expired') void renew(false)
    else resumeLoading()
  })

  useEffect(() => {
    const kind = fault?.kind
    if (kind !== 'expired' && kind !== 'network') return undefined
    if (performance.now() - lastTry.current > FORGET_MS) tries.current = 0
    // An expired grant is renewed at once, but not over and over; everything else waits its turn.
    const wait =
      kind === 'expired' && tries.current < 2
        ? 0
        : (BACK_OFF[Math.min(tries.current, BACK_OFF.length - 1)] ?? 0)
    // A renewal that needs no waiting goes unnoticed.
    setHeldUp(wait > 0)
    const onTime = () => mend(kind)
    const timer = setTimeout(onTime, wait * 1000)
    const onOnline = () => {
      clearTimeout(timer)
      mend(kind)
    }
    addEventListener('online', onOnline, { once: true })
    return () => {
      clearTimeout(timer)
      removeEventListener('online', onOnline)
    }
    // Each round without an answer schedules the next.
  }, [fault, round])

  const retry = useCallback(() => {
    tries.current = 0
    if (gone || fault?.kind === 'expired') void renew(true)
    else if (fault?.kind === 'network') resumeLoading()
    else restart()
  }, [gone, fault, renew, resumeLoading, restart])

  const renewCaptions = useCallback(() => {
    renewSource().then(
      (fresh) => {
        // The video keeps its address and goes on undisturbed.
        if (fresh) setSource((old) => ({ ...old, captionsUrl: fresh.captionsUrl }))
      },
      // Captions that cannot be had must not stop the video.
      () => undefined,
    )
  }, [renewSource])

  const expiredTrouble = heldUp ? 'network' : null
  const faultTrouble = fault?.kind === 'expired' ? expiredTrouble : (fault?.kind ?? null)
  return { source, trouble: gone ? 'gone' : faultTrouble, retry, renewCaptions, qualities }
}
