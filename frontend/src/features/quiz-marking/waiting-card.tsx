import { CheckIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { formatRelative } from '@/lib/format'
import { type AnswerGroup, groupAnswers } from './answer-groups'
import { readMarkingKey } from './marking-keys'
import type { WaitingQuestion } from './queries'

/** `accept`: right, and these words are right from now on, whoever writes them. */
export type Judgement = 'right' | 'accept' | 'wrong'

interface WaitingCardProps {
  question: WaitingQuestion
  pending: boolean
  /** What the last attempt to judge an answer threw. */
  failed: { key: string; error: unknown } | null
  onJudge: (group: AnswerGroup, judgement: Judgement) => void
  onMove: (key: string, by: 1 | -1) => void
}

/** One question with everything that people answered to it and nobody has read. */
export function WaitingCard({ question, pending, failed, onJudge, onMove }: WaitingCardProps) {
  const { t } = useTranslation('quiz-marking')
  const { waiting, answers, evidence, accepted_answers: accepted } = question
  return (
    <Card
      title={question.prompt}
      description={
        <>
          {t('queue.of', { title: question.assignment_title, course: question.course_title })} ·{' '}
          {t('queue.waiting', { count: waiting })} ·{' '}
          {t('queue.since', { when: formatRelative(question.waiting_since) })}
        </>
      }
    >
      {question.explanation && <p className="mb-2">{question.explanation}</p>}
      {accepted.length > 0 && (
        <p className="mb-2">
          <span className="font-semibold">{t('attempt.accepted')}:</span> {accepted.join(' · ')}
        </p>
      )}
      {evidence && (
        <blockquote className="mb-3 border-l-4 border-line pl-4 text-ink-soft">
          “{evidence.quote}”
        </blockquote>
      )}
      <ul aria-label={t('queue.answers')} className="space-y-3">
        {groupAnswers(question).map((group) => (
          <AnswerRow
            key={group.key}
            group={group}
            pending={pending}
            error={failed?.key === group.key ? failed.error : null}
            onJudge={(judgement) => onJudge(group, judgement)}
            onMove={(by) => onMove(group.key, by)}
          />
        ))}
      </ul>
      {waiting > answers.length && (
        <p className="mt-3 text-sm text-ink-soft">
          {t('queue.more', { count: waiting - answers.length })}
        </p>
      )}
    </Card>
  )
}

interface AnswerRowProps {
  group: AnswerGroup
  pending: boolean
  error: unknown
  onJudge: (judgement: Judgement) => void
  onMove: (by: 1 | -1) => void
}

const SHOWN_NAMES = 3

function AnswerRow({ group, pending, error, onJudge, onMove }: AnswerRowProps) {
  const { t } = useTranslation('quiz-marking')
  const { t: tCommon } = useTranslation()
  const { people, text } = group
  const others = people.length - SHOWN_NAMES
  const names = people.slice(0, SHOWN_NAMES).join(', ')
  const onKeyDown = (event: React.KeyboardEvent) => {
    const key = readMarkingKey(event)
    if (!key) return
    event.preventDefault()
    if (key === 'next') onMove(1)
    else if (key === 'previous') onMove(-1)
    else onJudge(key)
  }
  const named = (action: string) => t('queue.named', { action, text })
  return (
    // The answer takes the keys of its own buttons; each of them is there as a button, too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      data-answer={group.key}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys need a place to be pressed at
      tabIndex={0}
      aria-label={t('queue.answer', { text, names })}
      onKeyDown={onKeyDown}
      className="rounded-lg border border-line bg-page p-4"
    >
      <p className="text-lg whitespace-pre-line">{text}</p>
      <p className="mt-1 text-sm text-ink-soft">
        {others > 0 ? t('queue.namesMore', { names, count: others }) : names}{' '}
        <TextLink
          to={paths.attempt(group.assignmentId, group.attemptId)}
          className="ml-2 min-h-6 text-sm"
        >
          {t('queue.attempt')}
        </TextLink>
      </p>
      {error != null && (
        <Notice tone="danger" role="alert" className="mt-3">
          {describeError(error, tCommon)}
        </Notice>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          pending={pending}
          aria-label={named(t('judge.right'))}
          onClick={() => onJudge('right')}
        >
          <CheckIcon aria-hidden="true" className="size-5" />
          {t('judge.right')}
        </Button>
        <Button
          look="secondary"
          pending={pending}
          aria-label={named(t('judge.accept'))}
          onClick={() => onJudge('accept')}
        >
          {t('judge.accept')}
        </Button>
        <Button
          look="secondary"
          pending={pending}
          aria-label={named(t('judge.wrong'))}
          onClick={() => onJudge('wrong')}
        >
          <XMarkIcon aria-hidden="true" className="size-5" />
          {t('judge.wrong')}
        </Button>
      </div>
    </li>
  )
}
