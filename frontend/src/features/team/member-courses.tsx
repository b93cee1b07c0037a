import { useTranslation } from 'react-i18next'
import { ProgressBar } from '@/components/ui/progress-bar'
import { StatusChip } from '@/components/ui/status-chip'
import { formatDay, formatPercent } from '@/lib/format'
import type { MemberCourse } from './queries'

const TONES = {
  COMPLETED: 'success',
  IN_PROGRESS: 'brand',
  NOT_STARTED: 'neutral',
  OVERDUE: 'danger',
} as const

export function MemberCourses({ courses }: { courses: MemberCourse[] }) {
  const { t } = useTranslation('team')
  return (
    <section aria-labelledby="courses" className="mt-5">
      <h3 id="courses" className="font-bold">
        {t('courses.title')}
      </h3>
      {courses.length === 0 && <p className="mt-1 text-ink-soft">{t('courses.none')}</p>}
      <ul className="mt-2 divide-y divide-line">
        {courses.map((course) => (
          <li key={course.course_id} className="py-3">
            <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="font-medium">{course.title}</span>
              <StatusChip tone={TONES[course.status]}>
                {t(`courses.status.${course.status}`)}
              </StatusChip>
            </p>
            <div className="mt-2 flex items-center gap-3">
              <ProgressBar
                percentage={course.percentage}
                label={t('progressOf', { name: course.title })}
                className="flex-1"
              />
              <span aria-hidden="true" className="w-12 text-right text-sm tabular-nums">
                {formatPercent(course.percentage)}
              </span>
            </div>
            {course.deadline && course.status !== 'COMPLETED' && (
              <p className="mt-1 text-sm text-ink-soft">
                {t('courses.due', { date: formatDay(course.deadline) })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
