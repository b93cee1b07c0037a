/** Newest jump asked for before the video knew its length; older ones are forgotten. */
const waiting = new WeakMap<HTMLVideoElement, number>()

/**
 * Jumps to where a line begins, a moment after its first instant: lines mostly begin where the one
 * before ends, and Chromium goes on showing the captions that end at exactly the second of a jump.
 */
export const seekToLine = (video: HTMLVideoElement, start: number): void =>
  seekTo(video, start + 0.02)

/** Videos that have shown a picture since they got their source. */
const begun = new WeakSet<HTMLVideoElement>()

/** While it seeks a video has no picture either, but nothing undoes a jump any more. */
function hasBegun(video: HTMLVideoElement): boolean {
  if (begun.has(video)) return true
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false
  begun.add(video)
  video.addEventListener('emptied', () => begun.delete(video), { once: true })
  return true
}

/** Jumps to a second, at once or as soon as the video can. */
export function seekTo(video: HTMLVideoElement, seconds: number): void {
  if (hasBegun(video)) {
    const end = Number.isFinite(video.duration) ? video.duration : seconds
    video.currentTime = Math.min(Math.max(0, seconds), end)
    return
  }
  // hls.js moves to its own starting point when the first data arrives and would undo an earlier jump.
  const isFirst = !waiting.has(video)
  waiting.set(video, seconds)
  if (!isFirst) return
  video.addEventListener(
    'loadeddata',
    () => {
      const target = waiting.get(video)
      waiting.delete(video)
      if (target !== undefined) seekTo(video, target)
    },
    { once: true },
  )
}

/** Jumps to a second and plays from there, at once or as soon as the video can. */
export function playFrom(video: HTMLVideoElement, seconds: number): void {
  seekTo(video, seconds)
  // Refused before a person has touched the page; the play button is there.
  video.play().catch(() => undefined)
}

export const seekBy = (video: HTMLVideoElement, seconds: number): void =>
  seekTo(video, (waiting.get(video) ?? video.currentTime) + seconds)

export function togglePlay(video: HTMLVideoElement): void {
  // The browser refuses playback it was not asked for by a person; the button then still says "Play".
  if (video.paused) video.play().catch(() => undefined)
  else video.pause()
}
