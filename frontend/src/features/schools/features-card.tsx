import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Card } from '@/components/ui/card'
import { Switch } from '@/components/ui/switch'
import { describeError } from '@/lib/api/describe-error'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'

const FEATURES = [
  'QUIZ_GENERATION',
  'REMOTE_QUIZ_GENERATION',
  'REPORTS_PDF',
  'CUSTOM_DOMAIN',
] as const

/** What the school can do beyond the ordinary; each takes effect at once. */
export function FeaturesCard({ school }: { school: School }) {
  const { t } = useTranslation('schools')
  const { t: tCommon } = useTranslation()
  const edit = useEditSchool(school.id)
  /** Shown as it will be while it is on its way, so that the switch does not spring back. */
  const coming = edit.isPending ? edit.variables.features : undefined
  return (
    <Card title={t('features.title')}>
      <div className="space-y-2">
        {FEATURES.map((feature) => (
          <Switch
            key={feature}
            label={t(`features.${feature}.label`)}
            hint={t(`features.${feature}.hint`)}
            checked={coming?.[feature] ?? school.features[feature] ?? false}
            onChange={(isOn) => {
              if (edit.isPending) return
              edit.mutate(
                { features: { [feature]: isOn } },
                {
                  onSuccess: () =>
                    showToast(
                      t(isOn ? 'features.given' : 'features.taken', {
                        feature: t(`features.${feature}.label`),
                      }),
                    ),
                },
              )
            }}
          />
        ))}
      </div>
      {edit.isError && (
        <Notice tone="danger" role="alert" className="mt-3">
          {describeError(edit.error, tCommon)}
        </Notice>
      )}
    </Card>
  )
}
