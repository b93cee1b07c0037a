import { type CSSProperties, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime, spokenTime } from '@/lib/format'
import type { SecondRanges } from './second-ranges'
import { seekTo } from './seek'
import {
  BUFFER_EVENTS,
  DURATION_EVENTS,
  readBuffered,
  readDuration,
  readTime,
  TIME_EVENTS,
  useMediaValue,
} from './use-media-value'

/** Width of the thumb in index.css: its centre travels this much less than the bar is wide. */
const THUMB_PX = 16

interface SeekBarProps {
  video: HTMLVideoElement | null
  /** Length known from the course, until the video itself tells. */
  expectedDuration: number
  /** What counts as watched already. */
  watched: SecondRanges
}

export function SeekBar({ video, expectedDuration, watched }: SeekBarProps) {
  const { t } = useTranslation('teacher')
  const time = useMediaValue(video, TIME_EVENTS, readTime, 0)
  const known = useMediaValue(video, DURATION_EVENTS, readDuration, 0)
  const buffered = useMediaValue(video, BUFFER_EVENTS, readBuffered, 0)
  const duration = known || expectedDuration
  // While dragging the video stays where it is: jumping to every point passed would load them all.
  const [dragged, setDragged] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const [hovered, setHovered] = useState<{ x: number; seconds: number } | null>(null)

  const shown = Math.min(dragged ?? time, duration)
  const share = (seconds: number) => `${duration > 0 ? (seconds / duration) * 100 : 0}%`

  const drop = () => {
    if (dragged !== null && video) seekTo(video, dragged)
    setDragged(null)
    setDragging(false)
  }

  const hover = (event: PointerEvent<HTMLInputElement>) => {
    if (event.pointerType === 'touch') return
    const box = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - box.left
    const position = (x - THUMB_PX / 2) / (box.width - THUMB_PX)
    setHovered({ x, seconds: Math.min(1, Math.max(0, position)) * duration })
  }

  return (
    <div className="relative">
      <input
        type="range"
        data-bar="seek"
        aria-label={t('player.seek')}
        aria-valuetext={t('player.position', {
          time: spokenTime(shown),
          duration: spokenTime(duration),
        })}
        min={0}
        max={duration || 1}
        step="any"
        value={shown}
        onChange={(event) => {
          const seconds = event.target.valueAsNumber
          if (dragging) setDragged(seconds)
          else if (video) seekTo(video, seconds)
        }}
        onPointerDown={() => setDragging(true)}
        onPointerUp={drop}
        onPointerCancel={drop}
        onPointerMove={hover}
        onPointerLeave={() => setHovered(null)}
        className="range-bar block w-full"
        style={
          {
            '--played': share(shown),
            '--buffered': share(Math.max(buffered, shown)),
          } as CSSProperties
        }
      />
      {duration > 0 && <WatchedStrip ranges={watched} duration={duration} />}
      {(hovered || dragged !== null) && duration > 0 && (
        <output
          aria-hidden="true"
          className="pointer-events-none absolute bottom-full -translate-x-1/2 rounded bg-night-raised px-2 py-0.5 text-sm text-white tabular-nums"
          style={{ left: dragged === null ? hovered?.x : share(dragged) }}
        >
          {formatTime(dragged ?? hovered?.seconds ?? 0)}
        </output>
      )}
    </div>
  )
}

/** A thin line below the bar, of what was watched. The course's outline says how much in words. */
function WatchedStrip({ ranges, duration }: { ranges: SecondRanges; duration: number }) {
  // Seconds are counted whole; the last one ends a little after the video does.
  const share = (from: number, to: number) =>
    `${((Math.min(to, duration) - Math.min(from, duration)) / duration) * 100}%`
  return (
    <div
      aria-hidden="true"
      data-testid="watched"
      className="pointer-events-none absolute inset-x-2 bottom-0 h-1"
    >
      {ranges.map(([from, to]) => (
        <span
          key={from}
          className="absolute h-full rounded-full bg-emerald-300"
          style={{ left: share(0, from), width: share(from, to) }}
        />
      ))}
    </div>
  )
}
