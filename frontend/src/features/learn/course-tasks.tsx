import { ClipboardDocumentCheckIcon, PencilSquareIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import { formatDay } from '@/lib/format'
import { tasksQuery, type Task } from './queries'
import { TaskState } from './task-state'

/**
 * Quizzes and other tasks of a course, or of one part of it. An extra: when they cannot be loaded the
 * page works without, and the tasks have a page of their own.
 */
export function CourseTasks({ courseId, contentId }: { courseId: string; contentId?: string }) {
  const { t } = useTranslation('teacher')
  const { data = [] } = useQuery(tasksQuery)
  const tasks = data.filter(
    (task) =>
      task.course_id === courseId && (contentId === undefined || task.content_id === contentId),
  )
  if (tasks.length === 0) return null
  return (
    <Card title={t('task.title')} padding="none" className="mt-6 pb-2">
      <ul className="divide-y divide-line">
        {tasks.map((task) => (
          <li key={task.id}>
            <TaskRow task={task} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function TaskRow({ task }: { task: Task }) {
  const { t } = useTranslation('teacher')
  const Icon = task.is_quiz ? ClipboardDocumentCheckIcon : PencilSquareIcon
  return (
    <Link
      to={task.is_quiz ? paths.quiz(task.id) : paths.task(task.id)}
      className="flex min-h-14 gap-3 px-5 py-3 hover:bg-page focus-visible:[box-shadow:inset_0_0_0_3px_#10151d] sm:px-6"
    >
      <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-brand-strong" />
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{task.title}</span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
          <TaskState task={task} />
          {task.due_date && <span>{t('course.due', { date: formatDay(task.due_date) })}</span>}
          {!task.is_mandatory && <Badge>{t('outline.optional')}</Badge>}
        </span>
      </span>
    </Link>
  )
}
