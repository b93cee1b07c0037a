import type { default as Hls, LoadPolicy } from 'hls.js'
import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * A failure, as a new object each time it happens.
 *
 * `expired`: the server no longer honours the address of the video.
 * `network`: no answer; trying again may help. `media`: the data cannot be played.
 * `unsupported`: this browser cannot play such videos at all.
 */
export interface PlaybackFault {
  kind: 'expired' | 'network' | 'media' | 'unsupported'
}

interface Options {
  video: HTMLVideoElement | null
  src: string
  /** Second to begin at when nothing has been played yet. */
  startAt: number
}

/** Renditions to choose from, by their height in pixels. */
export interface Qualities {
  /** The tallest first; fewer than two leave nothing to choose. */
  heights: readonly number[]
  /** What the person chose; null lets the connection decide. */
  chosen: number | null
  /** What is on the screen now. */
  playing: number | null
  choose: (height: number | null) => void
}

interface HlsPlayback {
  /** Stays until data flows again. */
  fault: PlaybackFault | null
  /** Asks for the missing data again; what is loaded already goes on playing. */
  resumeLoading: () => void
  /** Starts over with the same address and goes on at the same second. */
  restart: () => void
  qualities: Qualities
}

/** Answers to a playlist or segment whose grant has run out or was withdrawn. */
const REFUSED = new Set([401, 403, 404, 410])

const NATIVE_TYPE = 'application/vnd.apple.mpegurl'

/**
 * One quiet retry, then the failure is told: hls.js by itself would try for half a minute while the
 * person looks at a turning circle. Going on trying is the caller's part.
 */
const tellSoon = ({ default: policy }: LoadPolicy): LoadPolicy => ({
  default: { ...policy, errorRetry: { maxNumRetry: 1, retryDelayMs: 500, maxRetryDelayMs: 500 } },
})

/** A second media error within this time means that recovery did not help. */
const MEDIA_RECOVERY_MS = 10_000

/**
 * Where the element's own HLS is to be trusted: iPhones without Media Source Extensions, and Safari
 * with ManagedMediaSource. Chromium also claims to play HLS but does so unreliably
 * (video-dev/hls.js#7827), so everywhere else hls.js is asked first.
 */
const prefersNative = (video: HTMLVideoElement) =>
  'ManagedMediaSource' in globalThis && video.canPlayType(NATIVE_TYPE) !== ''

/** Index of a rendition in hls.js's own list; -1 is its word for "choose yourself". */
const levelOf = (hls: Hls, height: number | null): number =>
  height === null ? -1 : hls.levels.findIndex((level) => level.height === height)

/** Connects a video element to an HLS playlist. */
export function useHls({ video, src, startAt }: Options): HlsPlayback {
  const [fault, setFault] = useState<PlaybackFault | null>(null)
  const [attempt, setAttempt] = useState(0)
  const player = useRef<Hls | null>(null)
  const [heights, setHeights] = useState<readonly number[]>([])
  const [chosen, setChosen] = useState<number | null>(null)
  const [playing, setPlaying] = useState<number | null>(null)
  const wanted = useRef(chosen)
  /** Where to go on after the source was replaced. */
  const goOnAt = useRef({ time: startAt, playing: false })

  useEffect(() => {
    if (!video) return undefined
    let gone = false
    let lastMediaRecovery = 0
    const begin = goOnAt.current

    const fail = (kind: PlaybackFault['kind']) => {
      if (!gone) setFault({ kind })
    }
    const recovered = () => {
      if (!gone) setFault(null)
    }
    const play = () => {
      if (begin.playing) video.play().catch(() => undefined)
    }

    const startNative = () => {
      const start = () => {
        video.currentTime = begin.time
        play()
      }
      const onError = () => {
        const code = video.error?.code
        // The element does not tell an expired address from a broken one; a fresh one settles it.
        if (code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) fail('expired')
        else fail(code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network')
      }
      video.addEventListener('loadedmetadata', start, { once: true })
      video.addEventListener('loadeddata', recovered)
      video.addEventListener('error', onError)
      video.src = src
      return () => {
        video.removeEventListener('loadedmetadata', start)
        video.removeEventListener('loadeddata', recovered)
        video.removeEventListener('error', onError)
        video.removeAttribute('src')
        video.load()
      }
    }

    let stop: (() => void) | undefined

    const startHls = async () => {
      const { default: HlsPlayer } = await import('hls.js/light')
      if (gone) return
      if (!HlsPlayer.isSupported()) {
        if (video.canPlayType(NATIVE_TYPE) === '') fail('unsupported')
        else stop = startNative()
        return
      }
      const hls = new HlsPlayer({
        startPosition: begin.time,
        // A small window on a small screen needs no 1080p.
        capLevelToPlayerSize: true,
        // A minute ahead rides out a weak moment; more would be downloaded for nobody when the
        // teacher stops watching.
        maxBufferLength: 30,
        maxMaxBufferLength: 60,
        backBufferLength: 60,
        manifestLoadPolicy: tellSoon(HlsPlayer.DefaultConfig.manifestLoadPolicy),
        playlistLoadPolicy: tellSoon(HlsPlayer.DefaultConfig.playlistLoadPolicy),
        fragLoadPolicy: tellSoon(HlsPlayer.DefaultConfig.fragLoadPolicy),
      })
      player.current = hls
      stop = () => {
        player.current = null
        hls.destroy()
      }
      hls.on(HlsPlayer.Events.MANIFEST_PARSED, () => {
        const found = new Set(hls.levels.map(({ height }) => height).filter((each) => each > 0))
        setHeights([...found].sort((a, b) => b - a))
        // Another address of the same video: the choice stays.
        if (wanted.current !== null) hls.nextLevel = levelOf(hls, wanted.current)
        play()
      })
      hls.on(HlsPlayer.Events.LEVEL_SWITCHED, (_event, { level }) =>
        setPlaying(hls.levels[level]?.height ?? null),
      )
      hls.on(HlsPlayer.Events.FRAG_BUFFERED, (_event, { frag }) => {
        if (frag.sn !== 'initSegment') recovered()
      })
      hls.on(HlsPlayer.Events.ERROR, (_event, { type, fatal, response }) => {
        if (type === HlsPlayer.ErrorTypes.NETWORK_ERROR) {
          if (response?.code && REFUSED.has(response.code)) {
            // Asking again with the same address is pointless, on any rendition.
            hls.stopLoad()
            fail('expired')
          } else if (fatal) {
            fail('network')
          }
        } else if (fatal && type === HlsPlayer.ErrorTypes.MEDIA_ERROR) {
          const now = performance.now()
          const again = lastMediaRecovery > 0 && now - lastMediaRecovery < MEDIA_RECOVERY_MS
          lastMediaRecovery = now
          if (again) fail('media')
          else hls.recoverMediaError()
        } else if (fatal) {
          fail('media')
        }
      })
      hls.loadSource(src)
      hls.attachMedia(video)
    }

    if (prefersNative(video)) stop = startNative()
    // The player's own code is fetched over the same network that may be failing.
    else startHls().catch(() => fail('network'))

    return () => {
      gone = true
      if (video.readyState > 0) {
        // Read before the source goes: without one the element is at 0.
        goOnAt.current = { time: video.currentTime, playing: !video.paused && !video.ended }
      }
      stop?.()
    }
    // Another attempt is the same work again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [video, src, attempt])

  const restart = useCallback(() => setAttempt((count) => count + 1), [])

  const resumeLoading = useCallback(() => {
    const hls = player.current
    // Without a playlist there is nothing to resume.
    if (hls && video && hls.levels.length > 0) hls.startLoad(video.currentTime)
    else restart()
  }, [video, restart])

  const choose = useCallback((height: number | null) => {
    wanted.current = height
    setChosen(height)
    const hls = player.current
    if (hls) hls.nextLevel = levelOf(hls, height)
  }, [])

  return { fault, resumeLoading, restart, qualities: { heights, chosen, playing, choose } }
}
