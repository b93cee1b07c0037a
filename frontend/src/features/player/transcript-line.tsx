import { clsx } from 'clsx'
import type { TranscriptSegment } from '@/lib/api/operations'
import { formatTime, spokenTime } from '@/lib/format'
import { piecesOf } from './transcript-search'

interface TranscriptLineProps {
  segment: TranscriptSegment
  query: string
  isActive: boolean
  /** The line that the Tab key reaches. */
  isReachable: boolean
  /** The hit of the search that was gone to last. */
  isShownHit: boolean
  onChoose: () => void
}

export function TranscriptLine({
  segment: { start, text },
  query,
  isActive,
  isReachable,
  isShownHit,
  onChoose,
}: TranscriptLineProps) {
  return (
    // Lines out of sight cost no layout: an hour of speech has a thousand of them.
    <li className="[contain-intrinsic-size:auto_3.5rem] [content-visibility:auto]">
      <button
        type="button"
        data-start={start}
        tabIndex={isReachable ? 0 : -1}
        aria-current={isActive ? 'true' : undefined}
        onClick={onChoose}
        className={clsx(
          'flex w-full gap-3 rounded-lg border-l-4 px-3 py-2 text-left focus-visible:[box-shadow:inset_0_0_0_3px_#10151d]',
          isActive
            ? 'border-brand-strong bg-brand-soft text-ink'
            : 'border-transparent hover:bg-page',
        )}
      >
        <span
          aria-hidden="true"
          className="min-w-10 shrink-0 pt-px text-sm font-semibold text-brand-strong tabular-nums"
        >
          {formatTime(start)}
        </span>
        <span className="sr-only">{spokenTime(start)}: </span>
        <span className="min-w-0">
          {piecesOf(text, query).map((piece, index) =>
            piece.hit ? (
              <mark
                // Pieces of one line never change their order.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                className={clsx(
                  'rounded-xs text-ink',
                  isShownHit ? 'bg-amber-300 underline' : 'bg-amber-100',
                )}
              >
                {piece.text}
              </mark>
            ) : (
              piece.text
            ),
          )}
        </span>
      </button>
    </li>
  )
}
