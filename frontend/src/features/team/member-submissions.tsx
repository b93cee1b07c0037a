import { useTranslation } from 'react-i18next'
import { StatusChip } from '@/components/ui/status-chip'
import { formatMoment, formatNumber } from '@/lib/format'
import type { MemberSubmission } from './queries'

const TONES = {
  PENDING: 'neutral',
  SUBMITTED: 'brand',
  GRADED: 'success',
  PASSED: 'success',
  FAILED: 'warning',
} as const

interface MemberSubmissionsProps {
  /** The newest; there may be more. */
  submissions: MemberSubmission[]
  count: number
}

export function MemberSubmissions({ submissions, count }: MemberSubmissionsProps) {
  const { t } = useTranslation('team')
  return (
    <section aria-labelledby="handed-in" className="mt-5">
      <h3 id="handed-in" className="font-bold">
        {t('handedIn.title')}
      </h3>
      {submissions.length === 0 && <p className="mt-1 text-ink-soft">{t('handedIn.none')}</p>}
      {count > submissions.length && (
        <p className="mt-1 text-ink-soft">
          {t('handedIn.newest', { shown: submissions.length, count })}
        </p>
      )}
      <ul className="mt-2 divide-y divide-line">
        {submissions.map((each) => (
          <li key={each.assignment_id} className="py-3">
            <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="font-medium">{each.title}</span>
              <StatusChip tone={TONES[each.status]}>
                {t(`handedIn.status.${each.status}`)}
              </StatusChip>
            </p>
            <p className="text-sm text-ink-soft">
              {each.course_title} · {formatMoment(each.submitted_at)}
              {each.score !== null &&
                ` · ${t('handedIn.points', { score: formatNumber(each.score), max: each.max_score })}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
