import type { TFunction } from 'i18next'
import type { Column } from '@/components/data-table/column'
import { StatusChip } from '@/components/ui/status-chip'
import { formatDuration, formatMoment, formatPercent } from '@/lib/format'
import type { Extension } from './queries'

type T = TFunction<'quiz-extensions'>

/** What somebody has beyond everybody, in words. */
function partsOf(t: T, extension: Extension): string[] {
  const { extra_percent: percent, extra_seconds: seconds, extra_attempts: attempts } = extension
  const parts = [
    percent > 0 && t('more.percent', { percent: percentOf(percent) }),
    seconds > 0 && t('more.time', { time: formatDuration(seconds) }),
    attempts > 0 && t('more.attempts', { count: attempts }),
  ]
  return parts.filter((part) => part !== false)
}

/** Beyond 100 %, too, where formatPercent ends. */
const percentOf = (percent: number) =>
  percent <= 100 ? formatPercent(percent) : formatPercent(100).replace('100', String(percent))

export const extensionColumns = (t: T, timeZone: string | undefined): Column<Extension>[] => [
  {
    id: 'person',
    header: t('list.person'),
    isRowHeader: true,
    cell: ({ teacher }) => (
      <>
        <span className="font-semibold">{teacher.name}</span>
        <span className="block text-sm font-normal break-all text-ink-soft">{teacher.email}</span>
      </>
    ),
  },
  {
    id: 'more',
    header: t('list.more'),
    cell: (extension) => (
      <>
        {partsOf(t, extension).map((part) => (
          <span key={part} className="block">
            {part}
          </span>
        ))}
        {extension.open_until !== null && (
          <span className="mt-1 block">
            <StatusChip tone="brand">
              {t('list.open', { time: formatMoment(extension.open_until, timeZone) })}
            </StatusChip>
          </span>
        )}
      </>
    ),
  },
  {
    id: 'reason',
    header: t('list.reason'),
    cell: ({ reason }) => <span className="break-words whitespace-pre-line">{reason}</span>,
  },
  {
    id: 'given',
    header: t('list.given'),
    wideOnly: true,
    cell: ({ given_at: at }) => formatMoment(at, timeZone),
  },
]
