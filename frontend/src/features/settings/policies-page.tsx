import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod/mini'
import { FormCheckbox, FormRadioGroup, FormSelect } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { languageName } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { type Settings, useSaveSettings } from './queries'
import { SettingsFrame } from './settings-frame'

/** Clock, language and what becomes of quizzes that are made from videos. */
export function PoliciesPage() {
  const { t } = useTranslation('settings')
  return (
    <SettingsFrame title={t('policies.title')} intro={t('policies.intro')}>
      {(settings) => <PoliciesForm settings={settings} />}
    </SettingsFrame>
  )
}

const QUIZ_POLICIES = ['REVIEW_FIRST', 'AUTOMATIC', 'OFF'] as const
/** Of mails and printed reports: how dates and numbers are written there. */
const LOCALES = ['en', 'en-GB', 'en-US', 'es', 'de', 'fr', 'it', 'pt', 'pt-BR']

const schema = z.object({
  time_zone: z.string(),
  locale: z.string(),
  quiz_policy: z.enum(QUIZ_POLICIES),
  remote_quiz_consent: z.boolean(),
})

function PoliciesForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const save = useSaveSettings()
  const form = useForm({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: valuesOf(settings),
  })
  const submit = async (values: z.infer<typeof schema>) => {
    form.reset(valuesOf(await save.mutateAsync(values)))
    showToast(t('saved'))
  }
  return (
    <Form form={form} onSubmit={submit} guard className="max-w-2xl space-y-6">
      <Card title={t('policies.place')}>
        <div className="mt-4 space-y-5">
          <FormSelect
            name="time_zone"
            label={t('policies.timeZone')}
            hint={t('policies.timeZoneHint')}
            options={timeZones(settings.time_zone)}
          />
          <FormSelect
            name="locale"
            label={t('policies.locale')}
            hint={t('policies.localeHint')}
            options={[...new Set([settings.locale, ...LOCALES])]
              .map((locale) => ({ value: locale, label: languageName(locale) }))
              .toSorted((a, b) => a.label.localeCompare(b.label))}
          />
        </div>
      </Card>
      <Card title={t('policies.quizzes')}>
        <div className="mt-4 space-y-5">
          <FormRadioGroup
            name="quiz_policy"
            label={t('policies.quizPolicy')}
            hint={t('policies.quizPolicyHint')}
            options={QUIZ_POLICIES.map((policy) => ({
              value: policy,
              label: t(`policies.${policy}`),
              hint: t(`policies.${policy}_hint`),
            }))}
          />
          {settings.features.REMOTE_QUIZ_GENERATION && (
            <FormCheckbox
              name="remote_quiz_consent"
              label={t('policies.consent')}
              hint={t('policies.consentHint')}
            />
          )}
        </div>
      </Card>
      <SubmitButton>{tCommon('action.save')}</SubmitButton>
    </Form>
  )
}

const valuesOf = (settings: Settings) => ({
  time_zone: settings.time_zone,
  locale: settings.locale,
  quiz_policy: settings.quiz_policy,
  remote_quiz_consent: settings.remote_quiz_consent,
})

/** Every zone the browser knows, by the name of its place; the one in use, even if it is not one. */
const timeZones = (current: string) =>
  [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }))
