import { PlayCircleIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProgressBar } from '@/components/ui/progress-bar'
import { StatusChip } from '@/components/ui/status-chip'
import { paths } from '@/config/paths'
import { formatDate, formatDay, formatNumber, formatPercent } from '@/lib/format'
import type { CourseStanding, WorkStanding } from './queries'

const LINK =
  'inline-flex min-h-6 items-center font-semibold wrap-anywhere text-brand-strong underline-offset-4 hover:underline'

const COURSE_LOOK = {
  NOT_STARTED: { tone: 'neutral' },
  IN_PROGRESS: { tone: 'brand', icon: PlayCircleIcon },
  COMPLETED: { tone: 'success' },
  OVERDUE: { tone: 'danger' },
} as const

const WORK_TONES = {
  PENDING: 'neutral',
  SUBMITTED: 'brand',
  GRADED: 'success',
  PASSED: 'success',
  FAILED: 'danger',
  OVERDUE: 'danger',
} as const

/** One course of a person. */
export function CourseRow({ row }: { row: CourseStanding }) {
  const { t } = useTranslation('teachers')
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <Link to={paths.course(row.course_id)} className={LINK}>
          {row.course_title}
        </Link>
        <StatusChip {...COURSE_LOOK[row.status]}>{t(`courseStatus.${row.status}`)}</StatusChip>
      </div>
      <div className="mt-1.5 flex items-center gap-3">
        <ProgressBar
          percentage={row.percentage}
          label={t('courses.progressOf', { course: row.course_title })}
          className="flex-1"
        />
        <span aria-hidden="true" className="w-12 text-right text-sm tabular-nums">
          {formatPercent(row.percentage)}
        </span>
      </div>
      {row.status === 'COMPLETED' && row.completed_at ? (
        <p className="mt-1 text-sm text-ink-soft">
          {t('courses.completedOn', { day: formatDate(row.completed_at) })}
        </p>
      ) : (
        row.deadline && (
          <p className="mt-1 text-sm text-ink-soft">
            {t('courses.until', { day: formatDay(row.deadline) })}
          </p>
        )
      )}
    </>
  )
}

/** One assignment of a person. */
export function WorkRow({ row }: { row: WorkStanding }) {
  const { t } = useTranslation('teachers')
  const facts = [
    t(`workKind.${row.kind}`),
    row.course_title,
    row.due_date && t('work.due', { day: formatDay(row.due_date) }),
    row.score !== null &&
      t('work.score', { score: formatNumber(row.score), most: formatNumber(row.max_score) }),
  ]
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <div className="min-w-0">
        <Link to={paths.assignment(row.assignment_id)} className={LINK}>
          {row.assignment_title}
        </Link>
        <p className="text-sm wrap-anywhere text-ink-soft">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <StatusChip tone={WORK_TONES[row.status]}>{t(`workStatus.${row.status}`)}</StatusChip>
    </div>
  )
}
