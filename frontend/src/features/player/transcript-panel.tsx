import { ArrowDownIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TranscriptSegment } from '@/lib/api/operations'
import { formatTime, spokenTime } from '@/lib/format'
import { seekToLine } from './seek'
import { findActiveLine } from './transcript-lines'
import { TIME_EVENTS, useMediaValue } from './use-media-value'

interface TranscriptPanelProps {
  video: HTMLVideoElement | null
  segments: readonly TranscriptSegment[]
  language: string
}

const PAGE = 10

/** How the focus moves in the list; null for keys that are not ours. */
function nextLine(key: string, from: number, count: number): number | null {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, from + 1)
    case 'ArrowUp':
      return Math.max(0, from - 1)
    case 'PageDown':
      return Math.min(last, from + PAGE)
    case 'PageUp':
      return Math.max(0, from - PAGE)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

/**
 * What is said, line by line. The whole list is one stop of the Tab key; arrows move in it, Enter
 * jumps the video to the line. It follows the video until the reader goes elsewhere in it.
 */
export function TranscriptPanel({ video, segments, language }: TranscriptPanelProps) {
  const { t } = useTranslation('teacher')
  const list = useRef<HTMLUListElement>(null)
  const active = useMediaValue(
    video,
    TIME_EVENTS,
    (element) => findActiveLine(segments, element.currentTime),
    -1,
  )
  const [following, setFollowing] = useState(true)
  /** The line that Tab reaches, once the reader has moved in the list. */
  const [chosen, setChosen] = useState<number | null>(null)
  const reachable = chosen ?? Math.max(0, active)

  const lineAt = useCallback(
    (index: number) => list.current?.children[index]?.querySelector<HTMLElement>('button') ?? null,
    [],
  )

  const showLine = useCallback(
    (index: number) => {
      const box = list.current
      const line = lineAt(index)?.parentElement
      if (!box || !line) return
      const above = line.offsetTop < box.scrollTop
      const below = line.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight * 0.75
      if (!above && !below) return
      // The box scrolls, never the page: the video must not slide away under the reader.
      box.scrollTo({
        top: line.offsetTop - box.clientHeight / 3,
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      })
    },
    [lineAt],
  )

  useEffect(() => {
    if (following && active >= 0) showLine(active)
  }, [following, active, showLine])

  const leave = () => setFollowing(false)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = nextLine(event.key, reachable, segments.length)
    if (next === null) return
    event.preventDefault()
    leave()
    setChosen(next)
    lineAt(next)?.focus()
  }

  const backToCurrent = () => {
    setChosen(null)
    setFollowing(true)
    // The button goes away; the focus goes where its reader wanted to be.
    lineAt(Math.max(0, active))?.focus({ preventScroll: true })
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* Not keys of the list but of the lines in it; wheel and touch only tell that somebody reads on. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        ref={list}
        lang={language}
        aria-label={t('transcript.label')}
        data-testid="transcript"
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          // While it follows, Tab comes back to the line being said, not to where it once was.
          if (following && !event.currentTarget.contains(event.relatedTarget)) setChosen(null)
        }}
        onWheel={leave}
        onTouchMove={leave}
        onPointerDown={(event) => {
          // The scroll bar belongs to the list itself.
          if (event.target === event.currentTarget) leave()
        }}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain p-2"
      >
        {segments.map(({ start, text }, index) => (
          // Lines out of sight cost no layout: an hour of speech has a thousand of them.
          <li
            key={start}
            className="[contain-intrinsic-size:auto_3.5rem] [content-visibility:auto]"
          >
            <button
              type="button"
              data-start={start}
              tabIndex={index === reachable ? 0 : -1}
              aria-current={index === active ? 'true' : undefined}
              onClick={() => {
                setChosen(index)
                setFollowing(true)
                if (video) seekToLine(video, start)
              }}
              className={clsx(
                'flex w-full gap-3 rounded-lg px-3 py-2 text-left focus-visible:[box-shadow:inset_0_0_0_3px_#10151d]',
                index === active
                  ? 'border-l-4 border-brand-strong bg-brand-soft text-ink'
                  : 'border-l-4 border-transparent hover:bg-page',
              )}
            >
              <span
                aria-hidden="true"
                className="min-w-10 shrink-0 pt-px text-sm font-semibold text-brand-strong tabular-nums"
              >
                {formatTime(start)}
              </span>
              <span className="sr-only">{spokenTime(start)}: </span>
              <span className="min-w-0">{text}</span>
            </button>
          </li>
        ))}
      </ul>
      {!following && active >= 0 && (
        <button
          type="button"
          onClick={backToCurrent}
          className="absolute bottom-3 left-1/2 inline-flex min-h-11 -translate-x-1/2 items-center gap-2 rounded-full border border-brand-edge bg-brand px-4 font-semibold whitespace-nowrap text-on-brand shadow-lg hover:bg-brand-hover"
        >
          <ArrowDownIcon aria-hidden="true" className="size-5" />
          {t('transcript.backToCurrent')}
        </button>
      )}
    </div>
  )
}
