import { formatTime } from '@/lib/format'
import {
  DURATION_EVENTS,
  readDuration,
  readTime,
  TIME_EVENTS,
  useMediaValue,
} from './use-media-value'

interface ClockProps {
  video: HTMLVideoElement | null
  expectedDuration: number
}

export function Clock({ video, expectedDuration }: ClockProps) {
  const time = useMediaValue(video, TIME_EVENTS, readTime, 0)
  const duration = useMediaValue(video, DURATION_EVENTS, readDuration, 0) || expectedDuration
  // The seek bar says the same in words.
  return (
    <p aria-hidden="true" className="px-1 text-sm whitespace-nowrap tabular-nums">
      {formatTime(time)} / {formatTime(duration)}
    </p>
  )
}
