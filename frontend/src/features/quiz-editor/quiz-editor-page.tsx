import { PlusIcon } from '@heroicons/react/20/solid'
import { QuestionMarkCircleIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Button } from '@/components/ui/button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { Switch } from '@/components/ui/switch'
import { paths } from '@/config/paths'
import {
  type Assignment,
  assignmentQuery,
  questionsQuery,
  type Quiz,
  useQuizChange,
  type VideoPlace,
} from './queries'
import { QuestionList } from './question-list'
import { QuizStateCard } from './quiz-state-card'
import { useReviewPrefs } from './review-prefs'

const QuestionForm = lazy(async () => ({
  default: (await import('./question-form')).QuestionForm,
}))
const QuizSettingsForm = lazy(async () => ({
  default: (await import('./quiz-settings-form')).QuizSettingsForm,
}))

export function QuizEditorPage() {
  const { t } = useTranslation('quiz-editor')
  const { assignmentId = '' } = useParams()
  const assignment = useQuery(assignmentQuery(assignmentId))
  const quiz = useQuery(questionsQuery(assignmentId))
  const error = assignment.error ?? quiz.error
  const title = assignment.data ? t('of', { title: assignment.data.title }) : t('title')
  const above: { label: string; to: string }[] = [
    { label: t('assignments'), to: paths.assignments },
  ]
  if (assignment.data) {
    above.push({ label: assignment.data.title, to: paths.assignment(assignmentId) })
  }
  return (
    <>
      <Breadcrumbs items={above} />
      <PageHeading title={title} className="mb-4" />
      <div className="mb-6">
        <LinkTabs
          label={t('tabs.label')}
          current="questions"
          tabs={[
            { id: 'questions', title: t('tabs.questions'), to: paths.questions(assignmentId) },
            { id: 'results', title: t('tabs.results'), to: paths.questionResults(assignmentId) },
          ]}
        />
      </div>
      {assignment.data && quiz.data && <QuizDesk assignment={assignment.data} quiz={quiz.data} />}
      {!(assignment.data && quiz.data) &&
        (error ? (
          <ErrorState
            title={t('failed')}
            error={error}
            onRetry={() => void Promise.all([assignment.refetch(), quiz.refetch()])}
            retrying={assignment.isFetching || quiz.isFetching}
          />
        ) : (
          <Skeleton label={t('loading')}>
            <Bone className="h-64" />
            <Bone className="mt-4 h-64" />
          </Skeleton>
        ))}
    </>
  )
}

const placeOf = (assignment: Assignment): VideoPlace | null =>
  assignment.module_id && assignment.content_id
    ? {
        courseId: assignment.course_id,
        moduleId: assignment.module_id,
        contentId: assignment.content_id,
      }
    : null

function QuizDesk({ assignment, quiz }: { assignment: Assignment; quiz: Quiz }) {
  const { t } = useTranslation('quiz-editor')
  const { singleKeys } = useReviewPrefs()
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
      <div className="lg:col-start-2">
        <QuizStateCard quiz={quiz} />
      </div>
      <div className="min-w-0 space-y-4 lg:col-start-1 lg:row-span-2 lg:row-start-1">
        {quiz.questions.length > 0 ? (
          <>
            <h2 className="sr-only">{t('list.label')}</h2>
            <Switch
              label={t('list.keys')}
              hint={t('list.keysHint')}
              checked={singleKeys}
              onChange={(on) => useReviewPrefs.setState({ singleKeys: on })}
              // Without a keyboard there is nothing to switch.
              className="pointer-coarse:hidden"
            />
            <QuestionList
              assignmentId={assignment.id}
              questions={quiz.questions}
              place={placeOf(assignment)}
              isAnswered={assignment.submission_count > 0}
            />
          </>
        ) : (
          <EmptyState icon={QuestionMarkCircleIcon} title={t('list.emptyTitle')}>
            {t('list.empty')}
          </EmptyState>
        )}
        <NewQuestion assignmentId={assignment.id} />
      </div>
      <div className="lg:col-start-2">
        <Suspense fallback={<Bone className="h-96 animate-appear-late" />}>
          <QuizSettingsForm quiz={quiz} />
        </Suspense>
      </div>
    </div>
  )
}

function NewQuestion({ assignmentId }: { assignmentId: string }) {
  const { t } = useTranslation('quiz-editor')
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { mutateAsync } = useQuizChange(assignmentId)
  const close = () => {
    setOpen(false)
    // The button is drawn anew in the form's place.
    setTimeout(() => button.current?.focus())
  }
  if (!isOpen) {
    return (
      <Button ref={button} look="secondary" onClick={() => setOpen(true)}>
        <PlusIcon aria-hidden="true" className="size-5" />
        {t('list.add')}
      </Button>
    )
  }
  return (
    <div className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <Suspense fallback={<Bone className="h-96" />}>
        <QuestionForm
          question={null}
          title={t('form.newTitle')}
          onSubmit={async (draft) => {
            await mutateAsync({ kind: 'add', draft })
            close()
          }}
          onCancel={close}
        />
      </Suspense>
    </div>
  )
}
