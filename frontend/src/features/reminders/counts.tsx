import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import { formatNumber } from '@/lib/format'
import type { Counts as CountsOf } from './queries'

const PARTS = [
  ['failed', 'danger'],
  ['queued', 'brand'],
  ['sent', 'success'],
  ['not_mailed', 'neutral'],
] as const

/** What became of the mails of one reminder; what did not happen is not mentioned. */
export function Counts({ counts }: { counts: CountsOf }) {
  const { t } = useTranslation('reminders')
  return (
    <span className="flex flex-wrap gap-1.5">
      {PARTS.filter(([part]) => counts[part] > 0).map(([part, tone]) => (
        <StatusChip key={part} tone={tone}>
          {t(`count.${part}`, { count: counts[part], number: formatNumber(counts[part]) })}
        </StatusChip>
      ))}
    </span>
  )
}
