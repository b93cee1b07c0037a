import { useEffect, useState } from 'react'
import { Notice } from '@/components/feedback/notice'
import { languageName } from '@/lib/format'
import { type PlaybackSource, usePlayback } from './use-playback'

interface PlainPlayerProps {
  /** Spoken name. */
  label: string
  /** Shown when the video cannot be played just now. */
  troubleText: string
  source: PlaybackSource
  /** Asks for a new grant; null when there is no such video any more. */
  renewSource: () => Promise<PlaybackSource | null>
  poster?: string | null
  captionsLanguage?: string | undefined
  /** Seconds. With `endAt` only a part of the video is shown: it stops there once. */
  startAt?: number
  endAt?: number
  /** Plays by itself: only after the person asked for it. */
  autoPlay?: boolean
}

/**
 * A video with the browser's own controls, for those who look over what others will watch. Nothing is
 * recorded. Mount it anew (`key`) for another video or another part.
 */
export function PlainPlayer({
  label,
  troubleText,
  source: given,
  renewSource,
  poster,
  captionsLanguage,
  startAt = 0,
  endAt,
  autoPlay = false,
}: PlainPlayerProps) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const { source, trouble } = usePlayback({ video, source: given, startAt, renewSource })
  useStopAt(video, endAt)
  return (
    <div className="overflow-hidden rounded-xl bg-night">
      {/* Captions come as a side track, when the video has any. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        ref={setVideo}
        aria-label={label}
        controls
        playsInline
        autoPlay={autoPlay}
        preload="metadata"
        poster={poster ?? undefined}
        className="aspect-video w-full"
      >
        {source.captionsUrl && (
          <track
            key={source.captionsUrl}
            kind="captions"
            src={source.captionsUrl}
            srcLang={captionsLanguage}
            label={captionsLanguage ? languageName(captionsLanguage) : undefined}
            default
          />
        )}
      </video>
      {trouble && (
        <Notice tone="danger" role="alert">
          {troubleText}
        </Notice>
      )}
    </div>
  )
}

/** Pauses at the end of a part, once: who plays on from there wants to see more. */
function useStopAt(video: HTMLVideoElement | null, endAt: number | undefined): void {
  useEffect(() => {
    if (!video || endAt === undefined) return undefined
    const look = () => {
      if (video.currentTime < endAt) return
      video.pause()
      video.removeEventListener('timeupdate', look)
    }
    video.addEventListener('timeupdate', look)
    return () => video.removeEventListener('timeupdate', look)
  }, [video, endAt])
}
