import { ChevronLeftIcon, ChevronRightIcon } from '@heroicons/react/20/solid'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { SaveStatus } from '@/components/save-status'
import { Button, LinkButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { describeError } from '@/lib/api/describe-error'
import { submitQuiz } from '@/lib/api/operations'
import { type Attempt, givenOnly, isAnswered, type Quiz, quizQuery } from './queries'
import { QuestionList } from './question-list'
import { QuestionView } from './question-view'
import { QuizReview } from './quiz-review'
import { QuizTimer } from './quiz-timer'
import { useAnswers } from './use-answers'
import { LEARNER_KEY } from '@/lib/learner-key'

interface QuizTakingProps {
  quiz: Quiz
  attempt: Attempt
  onTimeUp: () => void
}

/** Where the address says we are: a question from 1, or all of them at a glance. */
function readPlace(value: string | null, count: number): number | 'review' {
  if (value === 'review') return 'review'
  const number = Number(value)
  return Number.isInteger(number) && number >= 1 && number <= count ? number : 1
}

/** An attempt: one question at a time, then all at a glance, then handed in. */
export function QuizTaking({ quiz, attempt, onTimeUp }: QuizTakingProps) {
  const { t } = useTranslation('quiz')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const [params, setParams] = useSearchParams()
  const { questions, assignment_id: assignmentId } = quiz
  const place = readPlace(params.get('q'), questions.length)
  const [firstPlace] = useState(place)
  const [hasMoved, setMoved] = useState(false)
  if (place !== firstPlace && !hasMoved) setMoved(true)
  const { answers, answer, autosave, settle } = useAnswers(assignmentId, attempt)
  const [isAsking, setAsking] = useState(false)
  const question = place === 'review' ? undefined : questions[place - 1]
  const open = questions.filter(({ id }) => !isAnswered(answers[id])).length

  const submit = useMutation({
    // Sent again with the same answers it is the same hand-in to the server: trying twice is safe.
    mutationFn: async () =>
      (
        await submitQuiz({
          path: { assignment_id: assignmentId },
          body: { answers: givenOnly(answers) },
        })
      ).data,
    onSuccess: async (done) => {
      settle()
      setParams({}, { replace: true })
      queries.setQueryData(quizQuery(assignmentId).queryKey, done)
      await queries.invalidateQueries({ queryKey: LEARNER_KEY })
    },
  })

  /** Somebody may have been given more time while they were answering. */
  const endOfTime = async () => {
    const query = { ...quizQuery(assignmentId), staleTime: 0 }
    // Without a network it is as it was known to be.
    const now = await queries.fetchQuery(query).catch(() => quiz)
    const until = now.attempt?.expires_at
    if (until && Date.parse(until) > Date.now()) return
    onTimeUp()
    setAsking(false)
    if (now.attempt) submit.mutate()
  }

  return (
    <div className="max-w-3xl">
      <div className="mt-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <QuestionList
          questions={questions}
          answers={answers}
          current={place === 'review' ? null : place}
        />
        {attempt.expires_at && (
          <QuizTimer expiresAt={attempt.expires_at} onOver={() => void endOfTime()} />
        )}
      </div>
      <section
        aria-label={t('taking')}
        className="mt-5 rounded-card border border-line bg-surface p-5 sm:p-6"
      >
        {question ? (
          <QuestionView
            key={question.id}
            question={question}
            number={questions.indexOf(question) + 1}
            count={questions.length}
            answer={answers[question.id]}
            onAnswer={(given) => answer(question.id, given)}
            takesFocus={hasMoved}
          />
        ) : (
          <QuizReview questions={questions} answers={answers} />
        )}
        {submit.isError && !isAsking && (
          <Notice tone="danger" role="alert" className="mt-5">
            <p>
              <strong>{t('submit.failed')}</strong> {describeError(submit.error, tCommon)}{' '}
              {t('submit.kept')}
            </p>
            <Button look="secondary" className="mt-3" onClick={() => submit.mutate()}>
              {tCommon('action.retry')}
            </Button>
          </Notice>
        )}
        <Steps
          place={place}
          count={questions.length}
          pending={submit.isPending}
          onSubmit={() => {
            submit.reset()
            setAsking(true)
          }}
        />
      </section>
      <SaveStatus
        autosave={autosave}
        onReload={() => void queries.invalidateQueries({ queryKey: LEARNER_KEY })}
        className="mt-2"
      />
      {isAsking && (
        <ConfirmDialog
          title={t('submit.title')}
          body={
            <p>
              {open > 0 ? t('submit.open', { count: open }) : t('submit.all')} {t('submit.final')}
            </p>
          }
          confirmLabel={submit.isError ? tCommon('action.retry') : t('submit.go')}
          onConfirm={() => submit.mutate()}
          onClose={() => setAsking(false)}
          pending={submit.isPending}
          error={submit.error}
        >
          {submit.isError && <p>{t('submit.kept')}</p>}
        </ConfirmDialog>
      )}
    </div>
  )
}

interface StepsProps {
  place: number | 'review'
  count: number
  pending: boolean
  onSubmit: () => void
}

function Steps({ place, count, pending, onSubmit }: StepsProps) {
  const { t } = useTranslation('quiz')
  const back = place === 'review' ? count : place - 1
  return (
    <div className="mt-8 flex flex-wrap justify-between gap-3 border-t border-line pt-5">
      {back >= 1 && (
        <LinkButton look="secondary" to={`?q=${back}`} replace preventScrollReset>
          <ChevronLeftIcon aria-hidden="true" className="size-5" />
          {t('step.back')}
        </LinkButton>
      )}
      {place === 'review' ? (
        <Button className="ml-auto" pending={pending} onClick={onSubmit}>
          {t('submit.go')}
        </Button>
      ) : (
        <LinkButton
          className="ml-auto"
          to={place < count ? `?q=${place + 1}` : '?q=review'}
          replace
          preventScrollReset
        >
          {place < count ? t('step.next') : t('step.review')}
          <ChevronRightIcon aria-hidden="true" className="size-5" />
        </LinkButton>
      )}
    </div>
  )
}
