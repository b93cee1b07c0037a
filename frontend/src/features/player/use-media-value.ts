import { useCallback, useSyncExternalStore } from 'react'

type Primitive = string | number | boolean

/** Event lists must be the same array at every render. */
export const PLAY_EVENTS = ['play', 'pause', 'ended', 'emptied', 'seeking'] as const
export const TIME_EVENTS = ['timeupdate', 'seeking', 'seeked', 'loadedmetadata', 'emptied'] as const
export const DURATION_EVENTS = ['durationchange', 'loadedmetadata', 'emptied'] as const
export const BUFFER_EVENTS = ['progress', 'timeupdate', 'seeked', 'emptied'] as const
export const WAIT_EVENTS = [
  'waiting',
  'playing',
  'canplay',
  'seeking',
  'seeked',
  'pause',
  'emptied',
  'error',
] as const

/**
 * Reads one value off the video element and renders again only when that value changes, so that the
 * clock ticking does not redraw the whole player.
 */
export function useMediaValue<T extends Primitive>(
  video: HTMLVideoElement | null,
  events: readonly string[],
  read: (video: HTMLVideoElement) => T,
  fallback: T,
): T {
  const subscribe = useCallback(
    (notify: () => void) => {
      for (const event of events) video?.addEventListener(event, notify)
      return () => {
        for (const event of events) video?.removeEventListener(event, notify)
      }
    },
    [video, events],
  )
  return useSyncExternalStore(subscribe, () => (video ? read(video) : fallback))
}

/** Quarters of a second: finer steps would make React see a new value at every look. */
export const readTime = (video: HTMLVideoElement): number => Math.floor(video.currentTime * 4) / 4

export const readDuration = (video: HTMLVideoElement): number =>
  Number.isFinite(video.duration) ? video.duration : 0

/** End of the loaded stretch around the present position. */
export function readBuffered(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video
  for (let i = 0; i < buffered.length; i += 1) {
    if (buffered.start(i) <= currentTime + 0.5 && currentTime <= buffered.end(i)) {
      return Math.floor(buffered.end(i))
    }
  }
  return 0
}
