import { ArrowDownTrayIcon, ChevronDownIcon, ChevronUpIcon } from '@heroicons/react/20/solid'
import { DocumentTextIcon, LanguageIcon, MagnifyingGlassIcon } from '@heroicons/react/24/outline'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '@/components/ui/menu'

interface TranscriptToolbarProps {
  query: string
  onQuery: (query: string) => void
  count: number
  /** Which of them is shown, from 0. */
  current: number
  onMove: (step: 1 | -1) => void
  onDownload: (format: 'txt' | 'vtt') => void
}

const STEP = 'flex size-9 items-center justify-center rounded-lg text-ink-soft hover:bg-page'

export function TranscriptToolbar({
  query,
  onQuery,
  count,
  current,
  onMove,
  onDownload,
}: TranscriptToolbarProps) {
  const { t } = useTranslation('teacher')
  const id = useId()
  return (
    <div className="flex items-center gap-1 border-b border-line py-2 pr-2 pl-3">
      <div role="search" className="flex min-w-0 flex-1 items-center gap-1">
        <div className="relative min-w-0 flex-1">
          <MagnifyingGlassIcon
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-2.5 size-5 -translate-y-1/2 text-ink-soft"
          />
          <label htmlFor={id} className="sr-only">
            {t('transcript.search')}
          </label>
          <input
            id={id}
            type="search"
            value={query}
            placeholder={t('transcript.search')}
            autoComplete="off"
            aria-describedby={`${id}-keys`}
            onChange={(event) => onQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              onMove(event.shiftKey ? -1 : 1)
            }}
            className="min-h-11 w-full rounded-lg border border-edge bg-surface py-2 pr-2 pl-9 text-base"
          />
          <p id={`${id}-keys`} className="sr-only">
            {t('transcript.searchKeys')}
          </p>
        </div>
        {/* Always in the page: a live region that comes together with its words is often not read. */}
        <p role="status" className="text-sm whitespace-nowrap text-ink-soft tabular-nums">
          {query.trim() &&
            (count > 0
              ? t('transcript.hit', { number: current + 1, count })
              : t('transcript.noHit'))}
        </p>
        {count > 1 && (
          <>
            <button
              type="button"
              aria-label={t('transcript.previousHit')}
              className={STEP}
              onClick={() => onMove(-1)}
            >
              <ChevronUpIcon aria-hidden="true" className="size-5" />
            </button>
            <button
              type="button"
              aria-label={t('transcript.nextHit')}
              className={STEP}
              onClick={() => onMove(1)}
            >
              <ChevronDownIcon aria-hidden="true" className="size-5" />
            </button>
          </>
        )}
      </div>
      <Menu
        label={t('transcript.download')}
        trigger={
          <>
            <ArrowDownTrayIcon aria-hidden="true" className="size-5 text-ink-soft" />
            <span className="sr-only">{t('transcript.download')}</span>
          </>
        }
        items={[
          {
            id: 'txt',
            label: t('transcript.downloadText'),
            icon: DocumentTextIcon,
            onAction: () => onDownload('txt'),
          },
          {
            id: 'vtt',
            label: t('transcript.downloadCaptions'),
            icon: LanguageIcon,
            onAction: () => onDownload('vtt'),
          },
        ]}
      />
    </div>
  )
}
