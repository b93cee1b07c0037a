import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { formatMoment, formatNumber } from '@/lib/format'
import type { TaskDetail } from './queries'

/** What somebody of the school thought of it. */
export function GradeCard({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  const { score, max_score: max, passing_score: passing, submission_status: status } = task
  return (
    <Card className="mt-5" title={t('grade.title')}>
      {score !== null && (
        <p className="text-3xl font-bold tabular-nums">
          {t('points', { score: formatNumber(score), max })}
        </p>
      )}
      {status === 'PASSED' && (
        <p className="mt-1 font-semibold text-success">
          {t('grade.passed', { needed: formatNumber(passing) })}
        </p>
      )}
      {status === 'FAILED' && (
        <p className="mt-1 font-semibold text-warning">
          {t('grade.failed', { needed: formatNumber(passing) })}
        </p>
      )}
      <h3 className="mt-5 font-bold">{t('grade.feedback')}</h3>
      <p className="mt-1 whitespace-pre-line">{task.feedback || t('grade.noFeedback')}</p>
      {task.graded_at && (
        <p className="mt-4 text-sm text-ink-soft">
          {t('grade.when', { when: formatMoment(task.graded_at) })}
        </p>
      )}
    </Card>
  )
}
