import { CheckBadgeIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { Pagination } from '@/components/ui/pagination'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { KeyHints } from './key-hints'
import { QUEUE_SIZE, useDecide, waitingQuery } from './queries'
import type { AnswerGroup } from './answer-groups'
import { type Judgement, WaitingCard } from './waiting-card'

/** The whole school's answers that only a person can judge, the longest waiting first. */
export function WaitingPage() {
  const { t } = useTranslation('quiz-marking')
  const [params] = useSearchParams()
  const page = Math.max(1, Number(params.get('page')) || 1)
  const { data, error, refetch, isFetching } = useQuery(waitingQuery(page))
  const list = useRef<HTMLDivElement>(null)
  const [spoken, setSpoken] = useState('')
  const [failed, setFailed] = useState<{ key: string; error: unknown } | null>(null)
  const decide = useDecide()

  const cards = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-answer]') ?? [])]
  const move = (key: string, by: 1 | -1) => {
    const all = cards()
    const at = all.findIndex((card) => card.dataset['answer'] === key)
    all[at + by]?.focus()
  }
  const judge = async (group: AnswerGroup, judgement: Judgement) => {
    if (decide.isPending) return
    setFailed(null)
    const all = cards()
    const at = all.findIndex((card) => card.dataset['answer'] === group.key)
    const next = all[at + 1]?.dataset['answer'] ?? all[at - 1]?.dataset['answer']
    try {
      const { decided } = await decide.mutateAsync({
        attemptId: group.attemptId,
        questionId: group.questionId,
        isRight: judgement !== 'wrong',
        sameAnswers: true,
        acceptForAll: judgement === 'accept',
      })
      setSpoken(t(`queue.said.${judgement}`, { count: decided }))
    } catch (problem) {
      setFailed({ key: group.key, error: problem })
      return
    }
    // The list is drawn anew without the answer: the next one has its turn.
    setTimeout(() => {
      const found = cards().find((card) => card.dataset['answer'] === next) ?? cards()[0]
      found?.focus()
    })
  }
  const count = data?.count ?? 0
  return (
    <>
      <Breadcrumbs items={[{ label: t('assignments'), to: paths.assignments }]} />
      <PageHeading title={t('queue.title')} className="mb-2" />
      <p className="mb-6 max-w-prose text-ink-soft">{t('queue.intro')}</p>
      {data && count > 0 && <KeyHints />}
      <p role="status" className="sr-only">
        {spoken}
      </p>
      {data && (
        <div ref={list} className="space-y-6">
          {data.results.map((question) => (
            <WaitingCard
              key={question.question_id}
              question={question}
              pending={decide.isPending}
              failed={failed}
              onJudge={(group, judgement) => void judge(group, judgement)}
              onMove={move}
            />
          ))}
        </div>
      )}
      {data && (
        <Pagination
          page={page}
          pageCount={Math.ceil(count / QUEUE_SIZE)}
          href={(wanted) => (wanted === 1 ? '?' : `?page=${wanted}`)}
        />
      )}
      {data && count === 0 && (
        <EmptyState
          icon={CheckBadgeIcon}
          title={t('queue.emptyTitle')}
          action={<LinkButton to={paths.assignments}>{t('queue.toAssignments')}</LinkButton>}
        >
          {t('queue.empty')}
        </EmptyState>
      )}
      {!data &&
        (error ? (
          <ErrorState
            title={t('queue.failed')}
            error={error}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Skeleton label={t('queue.loading')}>
            <Bone className="h-48" />
            <Bone className="mt-4 h-48" />
          </Skeleton>
        ))}
    </>
  )
}
