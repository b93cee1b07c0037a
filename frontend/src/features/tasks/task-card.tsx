import { ClipboardDocumentCheckIcon, PencilSquareIcon } from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import { formatDay } from '@/lib/format'
import { shelfOf, type Task } from './queries'
import { TaskState } from './task-state'

export function TaskCard({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const Icon = task.is_quiz ? ClipboardDocumentCheckIcon : PencilSquareIcon
  const isOver = shelfOf(task) === 'overdue'
  return (
    <article className="group relative flex gap-4 rounded-card border border-line bg-surface p-5 transition-colors hover:border-brand-strong">
      <span className="hidden size-11 shrink-0 items-center justify-center rounded-full bg-brand-soft text-brand-strong sm:flex">
        <Icon aria-hidden="true" className="size-6" />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="text-lg leading-snug font-bold">
          <Link
            to={task.is_quiz ? paths.quiz(task.id) : paths.task(task.id)}
            className="underline-offset-4 group-hover:underline after:absolute after:inset-0 after:rounded-card"
          >
            {task.title}
          </Link>
        </h2>
        <p className="mt-0.5 text-ink-soft">{task.course_title}</p>
        <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-soft">
          <TaskState task={task} />
          {task.due_date && (
            <span className={clsx(isOver && 'font-semibold text-danger')}>
              {isOver
                ? t('overdueSince', { date: formatDay(task.due_date) })
                : t('due', { date: formatDay(task.due_date) })}
            </span>
          )}
          {!task.is_mandatory && <Badge>{t('optional')}</Badge>}
        </p>
      </div>
    </article>
  )
}
