import { ArrowDownIcon } from '@heroicons/react/20/solid'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TranscriptSegment } from '@/lib/api/operations'
import { formatTime } from '@/lib/format'
import { fileName, saveFile, saveText } from './save-file'
import { seekToLine } from './seek'
import { TranscriptLine } from './transcript-line'
import { findActiveLine } from './transcript-lines'
import { findLines } from './transcript-search'
import { TranscriptToolbar } from './transcript-toolbar'
import { TIME_EVENTS, useMediaValue } from './use-media-value'

interface TranscriptPanelProps {
  video: HTMLVideoElement | null
  segments: readonly TranscriptSegment[]
  language: string
  /** Of the video; names the files that are downloaded. */
  title: string
  vttUrl: string
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
export function TranscriptPanel({
  video,
  segments,
  language,
  title,
  vttUrl,
}: TranscriptPanelProps) {
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
  const [query, setQuery] = useState('')
  const hits = useMemo(() => findLines(segments, query), [segments, query])
  const [hit, setHit] = useState(0)

  const lineAt = useCallback(
    (index: number) => list.current?.children[index]?.querySelector<HTMLElement>('button') ?? null,
    [],
  )

  /** The line that is being scrolled to; null once the reader scrolls. */
  const aim = useRef<number | null>(null)
  const showLine = useCallback(
    (index: number) => {
      const box = list.current
      const line = lineAt(index)?.parentElement
      if (!box || !line) return
      const isHidden = () =>
        line.offsetTop < box.scrollTop ||
        line.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight * 0.75
      // The box scrolls, never the page: the video must not slide away under the reader.
      const scroll = (behavior: ScrollBehavior) =>
        box.scrollTo({ top: line.offsetTop - box.clientHeight / 3, behavior })
      if (!isHidden()) return
      scroll(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth')
      // Lines that were never drawn have only a guessed height: once they are, the place may be another.
      aim.current = index
      const settle = () => {
        if (aim.current === index && isHidden()) scroll('auto')
      }
      box.addEventListener('scrollend', settle, { once: true })
    },
    [lineAt],
  )

  useEffect(() => {
    if (following && active >= 0) showLine(active)
  }, [following, active, showLine])

  const leave = () => {
    aim.current = null
    setFollowing(false)
  }

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

  const goToHit = (found: readonly number[], number: number) => {
    const line = found[number]
    setHit(number)
    if (line === undefined) return
    leave()
    setChosen(line)
    showLine(line)
  }
  const search = (text: string) => {
    setQuery(text)
    // The first hit from the line being said on: the reader searches for what comes, or is just heard.
    const found = findLines(segments, text)
    const ahead = found.findIndex((line) => line >= active)
    goToHit(found, Math.max(0, ahead))
  }
  const download = (format: 'txt' | 'vtt') => {
    if (format === 'vtt') saveFile(vttUrl, fileName(title, 'vtt'))
    else {
      const lines = segments.map(({ start, text }) => `${formatTime(start)}\t${text}`)
      saveText(`${title}\n\n${lines.join('\n')}\n`, fileName(title, 'txt'))
    }
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <TranscriptToolbar
        query={query}
        onQuery={search}
        count={hits.length}
        current={hit}
        onMove={(step) => {
          if (hits.length > 0) goToHit(hits, (hit + step + hits.length) % hits.length)
        }}
        onDownload={download}
      />
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
        {segments.map((segment, index) => (
          <TranscriptLine
            key={segment.start}
            segment={segment}
            query={query}
            isActive={index === active}
            isReachable={index === reachable}
            isShownHit={index === hits[hit]}
            onChoose={() => {
              setChosen(index)
              setFollowing(true)
              if (video) seekToLine(video, segment.start)
            }}
          />
        ))}
      </ul>
      {!following && active >= 0 && (
        <button
          type="button"
          onClick={backToCurrent}
          className="absolute bottom-3 left-1/2 inline-flex min-h-11 -translate-x-1/2 items-center gap-2 rounded-full border border-brand-edge bg-brand px-4 font-semibold whitespace-nowrap text-on-brand shadow-lg hover:bg-brand-hover focus-visible:[box-shadow:0_0_0_4px_#10151d]"
        >
          <ArrowDownIcon aria-hidden="true" className="size-5" />
          {t('transcript.backToCurrent')}
        </button>
      )}
    </div>
  )
}
