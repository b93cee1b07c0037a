import { useTranslation } from 'react-i18next'
import { ProgressBar } from '@/components/ui/progress-bar'
import { formatPercent } from '@/lib/format'
import type { CourseRow } from './queries'

type People = Pick<CourseRow, 'assigned_to_all' | 'assigned_teacher_count'>

/** Who takes the course, in numbers. */
export function useAudience(): (course: People) => string {
  const { t } = useTranslation('courses')
  return ({ assigned_to_all: all, assigned_teacher_count: count }) => {
    if (all) return t('facts.everybody', { count })
    return count === 0 ? t('facts.nobody') : t('facts.people', { count })
  }
}

/** How many of the people have finished. A course that nobody takes has no rate, not one of zero. */
export function Completion({ course }: { course: CourseRow }) {
  const { t } = useTranslation('courses')
  if (course.assigned_teacher_count === 0) {
    return <span className="text-ink-soft">{t('facts.noCompletion')}</span>
  }
  return (
    <div className="min-w-28">
      <p aria-hidden="true" className="mb-1 text-sm font-semibold tabular-nums">
        {t('facts.completed', { percent: formatPercent(course.completion_rate) })}
      </p>
      <ProgressBar
        percentage={course.completion_rate}
        label={t('facts.completion', { title: course.title })}
      />
    </div>
  )
}
