import { CalendarIcon, ClockIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import type { CourseSummary } from '@/lib/api/operations'
import { formatDay, formatNumber, isPastDay } from '@/lib/format'

type Facts = Pick<CourseSummary, 'deadline' | 'estimated_hours' | 'progress'>

/** Until when, and how long it takes. */
export function CourseFacts({ course }: { course: Facts }) {
  const { t } = useTranslation('teacher')
  const { deadline, estimated_hours: hours, progress } = course
  if (!deadline && !hours) return null
  const overdue = deadline && !progress.is_complete && isPastDay(deadline)
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-soft">
      {deadline && (
        <li className={clsx('flex items-center gap-1.5', overdue && 'font-semibold text-danger')}>
          <CalendarIcon aria-hidden="true" className="size-4 shrink-0" />
          {overdue
            ? t('course.overdue', { date: formatDay(deadline) })
            : t('course.due', { date: formatDay(deadline) })}
        </li>
      )}
      {hours ? (
        <li className="flex items-center gap-1.5">
          <ClockIcon aria-hidden="true" className="size-4 shrink-0" />
          {hours < 1
            ? t('course.minutes', { count: Math.max(1, Math.round(hours * 60)) })
            : t('course.hours', { count: hours, hours: formatNumber(hours) })}
        </li>
      ) : null}
    </ul>
  )
}
