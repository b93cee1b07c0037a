import { ChartBarIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeading } from '@/components/ui/page-heading'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { ItemCard } from './item-card'
import { assignmentQuery, type Results, resultsQuery } from './queries'
import { ResultsFigure } from './results-figure'

/** Below so many people advice is rare, and figures jump. */
const FEW = 20

export function QuestionResultsPage() {
  const { t } = useTranslation('question-results')
  const { assignmentId = '' } = useParams()
  const assignment = useQuery(assignmentQuery(assignmentId))
  const results = useQuery(resultsQuery(assignmentId))
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
          current="results"
          tabs={[
            { id: 'questions', title: t('tabs.questions'), to: paths.questions(assignmentId) },
            { id: 'results', title: t('tabs.results'), to: paths.questionResults(assignmentId) },
          ]}
        />
      </div>
      {results.data && <ResultsList results={results.data} />}
      {!results.data &&
        (results.error ? (
          <ErrorState
            title={t('failed')}
            error={results.error}
            onRetry={() => void results.refetch()}
            retrying={results.isFetching}
          />
        ) : (
          <Skeleton label={t('loading')}>
            <Bone className="h-72" />
            <Bone className="mt-4 h-64" />
          </Skeleton>
        ))}
    </>
  )
}

function ResultsList({ results }: { results: Results }) {
  const { t } = useTranslation('question-results')
  const { assignment_id: assignmentId, quiz_id: quizId, people, version, questions } = results
  if (people === 0) {
    const state = quizId === null ? 'draft' : 'empty'
    return (
      <EmptyState
        icon={ChartBarIcon}
        title={t(`${state}.title`)}
        action={<TextLink to={paths.questions(assignmentId)}>{t('toQuestions')}</TextLink>}
      >
        {t(`${state}.text`)}
      </EmptyState>
    )
  }
  const worth = questions.filter(({ advice }) => advice.length > 0).length
  return (
    <div className="space-y-6">
      <div className="max-w-prose space-y-2">
        <p>{t('basis', { count: people, version })}</p>
        {people < FEW && <p className="text-ink-soft">{t('few')}</p>}
      </div>
      <ResultsFigure items={questions} />
      <section aria-labelledby="each-question">
        <h2 id="each-question" className="text-lg font-bold">
          {worth > 0 ? t('worth', { count: worth }) : t('none')}
        </h2>
        <ol className="mt-4 space-y-4">
          {questions.map((item) => (
            <ItemCard
              key={item.question_id}
              assignmentId={assignmentId}
              item={item}
              people={people}
            />
          ))}
        </ol>
      </section>
    </div>
  )
}
