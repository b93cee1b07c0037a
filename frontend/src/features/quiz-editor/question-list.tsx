import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MendButton } from '@/components/mending/mend-button'
import { Bone } from '@/components/ui/skeleton'
import { type Question, type QuizChange, useQuizChange, type VideoPlace } from './queries'
import { QuestionCard } from './question-card'
import { readReviewKey } from './review-keys'
import { useReviewPrefs } from './review-prefs'

const QuestionForm = lazy(async () => ({
  default: (await import('./question-form')).QuestionForm,
}))

const RejectDialog = lazy(async () => ({
  default: (await import('./reject-dialog')).RejectDialog,
}))
const ConfirmDialog = lazy(async () => ({
  default: (await import('@/components/ui/confirm-dialog')).ConfirmDialog,
}))

interface QuestionListProps {
  assignmentId: string
  questions: readonly Question[]
  place: VideoPlace | null
  /** Whether people have handed in answers. */
  isAnswered: boolean
}

const isOpen = ({ review }: Question) => review === 'DRAFT' || review === 'STALE'

/** Places, not ids: a change may give every question a new id. */
interface Doing {
  kind: 'edit' | 'reject' | 'delete'
  index: number
}

/** The questions one below the other; one tab stop leads into each, and single keys review them. */
export function QuestionList({ assignmentId, questions, place, isAnswered }: QuestionListProps) {
  const { t } = useTranslation('quiz-editor')
  const list = useRef<HTMLOListElement>(null)
  const { singleKeys } = useReviewPrefs()
  const [doing, setDoing] = useState<Doing | null>(null)
  const [failed, setFailed] = useState<{ index: number; error: unknown } | null>(null)
  const [spoken, setSpoken] = useState('')
  const { mutateAsync, isPending } = useQuizChange(assignmentId)

  const focus = (index: number) => {
    const card = list.current?.children[index]
    if (card instanceof HTMLElement) card.focus()
  }
  const close = (index: number) => {
    setDoing(null)
    // The form and the dialog are still there; the card takes the focus once they are gone.
    setTimeout(() => focus(Math.min(index, questions.length - 1)))
  }
  const left = (without: number) => {
    const count = questions.filter(
      (question, index) => index !== without && isOpen(question),
    ).length
    return t('list.said.left', { count })
  }
  /** After a decision the next one that waits has its turn. */
  const goOn = (index: number) => {
    const order = [...questions.keys()].map((step) => (index + 1 + step) % questions.length)
    const next = order.find((each) => {
      const question = questions[each]
      return each !== index && question !== undefined && isOpen(question)
    })
    close(next ?? index)
  }
  const apply = async (index: number, change: QuizChange): Promise<boolean> => {
    setFailed(null)
    try {
      await mutateAsync(change)
      return true
    } catch (error) {
      setDoing(null)
      setFailed({ index, error })
      return false
    }
  }
  const accept = async (index: number) => {
    const question = questions[index]
    if (!question || question.review === 'ACCEPTED' || isPending) return
    if (await apply(index, { kind: 'accept', questionId: question.id })) {
      setSpoken(t('list.said.accepted', { number: index + 1, left: left(index) }))
      goOn(index)
    }
  }
  const reject = async (index: number, reason: string) => {
    const question = questions[index]
    if (!question) return
    if (await apply(index, { kind: 'reject', questionId: question.id, reason })) {
      setSpoken(t('list.said.rejected', { number: index + 1, left: left(index) }))
      goOn(index)
    }
  }
  const remove = async (index: number) => {
    const question = questions[index]
    if (!question) return
    if (await apply(index, { kind: 'delete', questionId: question.id })) {
      setSpoken(t('list.said.deleted'))
      close(index)
    }
  }
  const onKey = (index: number, event: React.KeyboardEvent) => {
    const key = singleKeys ? readReviewKey(event) : undefined
    if (!key || doing?.index === index) return
    event.preventDefault()
    if (key === 'next') focus(index + 1)
    else if (key === 'previous') focus(index - 1)
    else if (key === 'accept') void accept(index)
    else if (key === 'edit') setDoing({ kind: 'edit', index })
    else if (questions[index]?.review !== 'REJECTED') setDoing({ kind: 'reject', index })
  }

  return (
    <>
      <ol ref={list} aria-label={t('list.label')} className="space-y-4">
        {questions.map((question, index) => (
          // The card takes the keys of its own buttons; each of them is there as a button, too.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            // A new version gives every question a new id; what is open stays open at its place.
            key={question.order}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys need a place to be pressed at
            tabIndex={0}
            aria-label={t('card.label', {
              number: index + 1,
              state: t(`review.${question.review}`),
            })}
            onKeyDown={(event) => onKey(index, event)}
            className="rounded-card border border-line bg-surface p-5 sm:p-6"
          >
            <QuestionCard
              question={question}
              number={index + 1}
              place={place}
              error={failed?.index === index ? failed.error : null}
              pending={isPending}
              mend={
                isAnswered && question.review === 'ACCEPTED' ? (
                  <MendButton
                    assignmentId={assignmentId}
                    question={question}
                    label={t('card.mend')}
                    name={t('card.named', { action: t('card.mend'), number: index + 1 })}
                  />
                ) : null
              }
              onAccept={() => void accept(index)}
              onEdit={() => setDoing({ kind: 'edit', index })}
              onReject={() => setDoing({ kind: 'reject', index })}
              onDelete={() => setDoing({ kind: 'delete', index })}
              form={
                doing?.kind === 'edit' && doing.index === index ? (
                  <Suspense fallback={<Bone className="h-96" />}>
                    <QuestionForm
                      question={question}
                      title={t('card.number', { number: index + 1 })}
                      onSubmit={async (draft) => {
                        await mutateAsync({ kind: 'save', questionId: question.id, draft })
                        setSpoken(t('list.said.saved'))
                        close(index)
                      }}
                      onCancel={() => close(index)}
                    />
                  </Suspense>
                ) : null
              }
            />
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <Suspense>
        {doing?.kind === 'reject' && (
          <RejectDialog
            number={doing.index + 1}
            pending={isPending}
            onConfirm={(reason) => void reject(doing.index, reason)}
            onClose={() => close(doing.index)}
          />
        )}
        {doing?.kind === 'delete' && (
          <ConfirmDialog
            title={t('remove.title', { number: doing.index + 1 })}
            body={t('remove.body')}
            confirmLabel={t('remove.confirm')}
            tone="danger"
            pending={isPending}
            onConfirm={() => void remove(doing.index)}
            onClose={() => close(doing.index)}
          />
        )}
      </Suspense>
    </>
  )
}
