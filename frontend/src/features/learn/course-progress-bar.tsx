import { useTranslation } from 'react-i18next'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { CourseProgress } from '@/lib/api/operations'
import { formatPercent } from '@/lib/format'

/** The server's numbers as they are: the school's report shows the same ones. */
export function CourseProgressBar({
  progress,
  title,
}: {
  progress: CourseProgress
  title: string
}) {
  const { t } = useTranslation('teacher')
  return (
    <div>
      <p className="mb-1.5 flex justify-between gap-4 text-sm text-ink-soft">
        <span>
          {t('course.done', {
            done: progress.completed_content_count,
            count: progress.total_content_count,
          })}
        </span>
        <span aria-hidden="true" className="font-semibold text-ink tabular-nums">
          {formatPercent(progress.percentage)}
        </span>
      </p>
      <ProgressBar percentage={progress.percentage} label={t('course.progressOf', { title })} />
    </div>
  )
}
