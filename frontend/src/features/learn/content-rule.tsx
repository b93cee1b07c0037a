import { useTranslation } from 'react-i18next'
import type { Content } from '@/lib/api/operations'
import { formatPercent } from '@/lib/format'

/** Where the school says nothing else (the API's own default). */
export const USUAL_COVERAGE = 90

/** When this counts as done, and for a video how far it is. */
export function ContentRule({ content }: { content: Content }) {
  const { t } = useTranslation('teacher')
  if (content.status === 'COMPLETED') return null
  if (content.content_type !== 'VIDEO') return <span>{t('rule.read')}</span>
  const required = formatPercent(content.required_coverage ?? USUAL_COVERAGE)
  return (
    <span>
      {content.coverage > 0
        ? t('rule.watchedSoFar', { share: formatPercent(content.coverage), required })
        : t('rule.watch', { required })}
    </span>
  )
}
