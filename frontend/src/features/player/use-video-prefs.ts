import { useEffect } from 'react'
import { usePlayerPrefs } from '@/lib/player-prefs'

/** Makes the element as its person likes it: loudness, speed, captions. */
export function useVideoPrefs(video: HTMLVideoElement | null, captionsUrl: string | null): void {
  const { volume, muted, speed, captions } = usePlayerPrefs()

  useEffect(() => {
    if (!video) return
    video.volume = volume
    video.muted = muted
  }, [video, volume, muted])

  useEffect(() => {
    if (!video) return undefined
    const apply = () => {
      video.playbackRate = speed
    }
    apply()
    // A new source sets the element back to normal speed.
    video.addEventListener('loadedmetadata', apply)
    return () => video.removeEventListener('loadedmetadata', apply)
  }, [video, speed])

  useEffect(() => {
    const track = video?.querySelector('track')?.track
    // "disabled" also spares the download of captions that nobody reads.
    if (track) track.mode = captions ? 'showing' : 'disabled'
  }, [video, captions, captionsUrl])
}
