import { PlayIcon } from '@heroicons/react/24/solid'
import { Spinner } from '@/components/ui/spinner'
import { PLAY_EVENTS, useMediaValue, WAIT_EVENTS } from './use-media-value'

/** Over the picture: a big "play" before and a turning circle while data is missing. Clicks go through. */
export function Cover({ video, hidden }: { video: HTMLVideoElement | null; hidden: boolean }) {
  const paused = useMediaValue(video, PLAY_EVENTS, (element) => element.paused, true)
  const waiting = useMediaValue(
    video,
    WAIT_EVENTS,
    (element) =>
      !element.paused && element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !element.ended,
    false,
  )
  if (hidden || (!paused && !waiting)) return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 flex items-center justify-center"
    >
      {waiting ? (
        <Spinner className="size-14 animate-appear-late rounded-full bg-black/50 p-2 text-white" />
      ) : (
        <span className="flex size-16 items-center justify-center rounded-full bg-brand text-on-brand shadow-lg ring-2 ring-white/70">
          <PlayIcon className="ml-1 size-8" />
        </span>
      )}
    </div>
  )
}
