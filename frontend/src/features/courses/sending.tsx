import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { formatPercent } from '@/lib/format'

interface SendingProps {
  name: string
  percent: number
  onCancel: () => void
}

/** A file on its way. */
export function Sending({ name, percent, onCancel }: SendingProps) {
  const { t } = useTranslation('courses')
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line p-3">
      <div className="min-w-40 flex-1">
        <p aria-hidden="true" className="mb-1 text-sm">
          {t('upload.sending', { name, percent: formatPercent(percent) })}
        </p>
        <ProgressBar percentage={percent} label={t('upload.progress', { name })} />
      </div>
      <Button look="secondary" onClick={onCancel}>
        {t('upload.cancel')}
      </Button>
    </div>
  )
}
