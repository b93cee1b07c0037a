import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeading } from '@/components/ui/page-heading'
import { AssignmentReport } from './assignment-report'
import { CompletionReport } from './completion-report'
import { EngagementReport } from './engagement-report'

const REPORTS = {
  completion: CompletionReport,
  assignments: AssignmentReport,
  engagement: EngagementReport,
}
const IDS = ['completion', 'assignments', 'engagement'] as const
/** What every report can be narrowed down by; days and statuses mean something else in each. */
const KEPT = ['course', 'group', 'department']

/** Three reports under one roof. Which one, and what of it, stands in the address. */
export function ReportsPage() {
  const { t } = useTranslation('reports')
  const [params] = useSearchParams()
  const current = IDS.find((id) => id === params.get('report')) ?? 'completion'
  const Current = REPORTS[current]

  const addressOf = (id: string) => {
    const query = new URLSearchParams({ report: id })
    for (const name of KEPT) {
      const value = params.get(name)
      if (value) query.set(name, value)
    }
    return `?${query.toString()}`
  }
  return (
    <>
      <PageHeading title={t('title')} />
      <p className="mt-2 mb-5 max-w-prose text-ink-soft">{t(`${current}.intro`)}</p>
      <div className="mb-6">
        <LinkTabs
          label={t('tabs')}
          current={current}
          tabs={IDS.map((id) => ({ id, title: t(`${id}.title`), to: addressOf(id) }))}
        />
      </div>
      <Current key={current} />
    </>
  )
}
