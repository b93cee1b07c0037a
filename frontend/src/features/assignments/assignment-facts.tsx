import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import { formatDay, formatNumber, formatPercent } from '@/lib/format'
import { PublishedChip } from './published-chip'
import type { Assignment } from './queries'

/** What it is, below its title. */
export function AssignmentFacts({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('assignments')
  const { kind, max_score: max, passing_score: pass, due_date: due } = assignment
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <PublishedChip isPublished={assignment.is_published} />
      <Badge tone="brand">{t(`kind.${kind}`)}</Badge>
      <Badge>{assignment.is_mandatory ? t('page.mandatory') : t('page.optional')}</Badge>
      {assignment.origin === 'GENERATED' && <Badge>{t('page.generated')}</Badge>}
      <span className="text-ink-soft">
        <Link
          to={paths.course(assignment.course_id)}
          className="inline-flex min-h-8 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
        >
          {assignment.course_title}
        </Link>
        {' · '}
        {due === null ? t('page.noDue') : t('page.due', { day: formatDay(due) })}
        {' · '}
        {kind === 'QUIZ' && t('page.passPercent', { percent: formatPercent(pass) })}
        {kind !== 'QUIZ' &&
          (pass > 0
            ? t('page.passAt', { score: formatNumber(pass), max: formatNumber(max) })
            : t('page.gradedEnough', { max: formatNumber(max) }))}
      </span>
    </div>
  )
}
