import { CalendarIcon } from '@heroicons/react/20/solid'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Card } from '@/components/ui/card'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { isStatus } from '@/lib/api/problem'
import { formatDay } from '@/lib/format'
import { useSessionStore } from '@/lib/auth/session-store'
import { GradeCard } from './grade-card'
import { HandedIn } from './handed-in'
import { type TaskDetail, taskQuery } from './queries'
import { SubmissionForm } from './submission-form'
import { TaskState } from './task-state'

export function TaskPage() {
  const { t } = useTranslation('tasks')
  const { assignmentId = '' } = useParams()
  const { data: task, error, refetch, isFetching } = useQuery(taskQuery(assignmentId))
  // A quiz is answered on a page of its own; old links still arrive here.
  if (task?.is_quiz) return <Navigate to={paths.quiz(assignmentId)} replace />
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.tasks }]} />
      <PageHeading title={task?.title ?? t('one')} />
      {task ? (
        <Body key={task.id} task={task} />
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            title={isStatus(error, 404) ? t('missing') : t('oneFailed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        </div>
      ) : (
        <Skeleton label={t('oneLoading')}>
          <Bone className="mt-4 h-32 rounded-card" />
          <Bone className="mt-6 h-72 rounded-card" />
        </Skeleton>
      )}
    </>
  )
}

function Body({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  const isVisit = useSessionStore((state) => state.visit !== null)
  const isGraded = task.graded_at !== null
  return (
    <div className="max-w-3xl">
      <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-soft">
        <TaskState task={task} />
        {task.due_date && (
          <span className="flex items-center gap-1.5 text-sm">
            <CalendarIcon aria-hidden="true" className="size-4 shrink-0" />
            {t('due', { date: formatDay(task.due_date) })}
          </span>
        )}
        {!task.is_mandatory && <Badge>{t('optional')}</Badge>}
      </p>
      <Card className="mt-5" title={t('instructions')}>
        <p className="whitespace-pre-line">{task.instructions || t('noInstructions')}</p>
        <div className="mt-3 flex flex-wrap gap-x-6">
          {task.content_id && (
            <TextLink to={paths.teacherContent(task.course_id, task.content_id)}>
              {t('toContent')}
            </TextLink>
          )}
          <TextLink to={paths.teacherCourse(task.course_id)}>
            {t('toCourse', { title: task.course_title })}
          </TextLink>
        </div>
      </Card>
      {isGraded && <GradeCard task={task} />}
      {task.submitted_at && <HandedIn task={task} />}
      {!isGraded && !isVisit && <SubmissionForm task={task} />}
    </div>
  )
}
