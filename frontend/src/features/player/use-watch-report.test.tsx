import { fireEvent, renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { mergeRanges, type SecondRanges } from './second-ranges'
import { useWatchReport } from './use-watch-report'

/** A video whose clock stands where it is put. */
function makeVideo() {
  const video = document.createElement('video')
  const clock = { currentTime: 0, paused: false, seeking: false }
  for (const name of ['currentTime', 'paused', 'seeking'] as const) {
    Object.defineProperty(video, name, { get: () => clock[name] })
  }
  Object.defineProperty(video, 'readyState', { value: HTMLMediaElement.HAVE_ENOUGH_DATA })
  const at = (seconds: number, event: string) => {
    clock.currentTime = seconds
    fireEvent(video, new Event(event))
  }
  const jump = (seconds: number) => {
    Object.assign(clock, { currentTime: seconds, seeking: true })
  }
  const land = (seconds: number) => {
    fireEvent(video, new Event('seeking'))
    clock.seeking = false
    at(seconds, 'seeked')
  }
  return { video, at, jump, land }
}

it('keeps the second before a jump and the one after it, whoever jumps and however late it is told', () => {
  const { video, at, jump, land } = makeVideo()
  // Heard of before us, and gone before we look.
  video.addEventListener('timeupdate', () => {
    if (video.currentTime === 30.4) jump(52)
  })
  let watched: SecondRanges = []
  const { unmount } = renderHook(() =>
    useWatchReport({
      video,
      durationSeconds: 80,
      onReport: (report) => {
        watched = mergeRanges(watched, report.watched)
      },
    }),
  )
  at(28, 'play')
  // It plays already when that is told.
  at(29.1, 'playing')
  at(30.4, 'timeupdate')
  land(53.2)
  at(54, 'timeupdate')
  unmount()
  expect(watched).toEqual([
    [28, 30],
    [52, 54],
  ])
})
