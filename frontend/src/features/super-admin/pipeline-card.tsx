import { CheckCircleIcon, ExclamationTriangleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatNumber } from '@/lib/format'
import type { Stats } from './queries'

export function PipelineCard({ pipeline }: { pipeline: Stats['pipeline'] }) {
  const { t } = useTranslation('super-admin')
  const Icon = pipeline.failed > 0 ? ExclamationTriangleIcon : CheckCircleIcon
  return (
    <Card
      title={t('pipeline.title')}
      actions={<TextLink to={paths.pipeline}>{t('pipeline.all')}</TextLink>}
    >
      <p className="flex items-center gap-2 font-medium">
        <Icon
          aria-hidden="true"
          className={pipeline.failed > 0 ? 'size-6 text-danger' : 'size-6 text-success'}
        />
        {pipeline.failed > 0
          ? t('pipeline.trouble', { count: pipeline.failed })
          : t('pipeline.fine')}
      </p>
      <dl className="mt-4 grid grid-cols-3 gap-3 text-center">
        {(['queued', 'running', 'failed'] as const).map((state) => (
          <div key={state} className="rounded-lg bg-page px-2 py-3">
            <dt className="text-sm text-ink-soft">{t(`pipeline.${state}`)}</dt>
            <dd className="text-2xl font-bold tabular-nums">{formatNumber(pipeline[state])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
