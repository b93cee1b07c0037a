import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod/mini'
import { FormSelect, FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { showToast } from '@/lib/toasts'
import { BrandingPreview } from './branding-preview'
import { ColorAdvice } from './color-advice'
import { ColorField } from './color-field'
import { LogoField } from './logo-field'
import { type Settings, sendLogo, useSaveSettings } from './queries'

/** What a school looks like before it chooses. */
const USUAL = { primary_color: '#1d4ed8', secondary_color: '#0f766e', font_family: 'Inter' }

const COLOR = /^#[0-9a-f]{6}$/i

export function BrandingForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const save = useSaveSettings()
  const color = z.string().check(z.regex(COLOR, t('branding.colorInvalid')))
  const form = useForm({
    resolver: zodResolver(
      z.object({
        name: z.string().check(z.trim(), z.minLength(1, t('branding.nameMissing'))),
        contact_email: z.string().check(z.trim(), z.email(t('branding.emailInvalid'))),
        primary_color: color,
        secondary_color: color,
        font_family: z.string(),
        // A picture that is not sent yet; null takes the logo away.
        logo: z.union([z.instanceof(File), z.null(), z.undefined()]),
      }),
    ),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: valuesOf(settings),
  })
  const values = { ...valuesOf(settings), ...useWatch({ control: form.control }) }
  // Where the browser finds a picture that is on this computer only.
  const [picked, setPicked] = useState<string | null>(null)
  useEffect(() => () => void (picked && URL.revokeObjectURL(picked)), [picked])
  const logo = values.logo === undefined ? settings.logo_url : picked

  const pick = (file: File | null) => {
    form.setValue('logo', file, { shouldDirty: true })
    setPicked(file && URL.createObjectURL(file))
  }

  const submit = async ({ logo: file, ...rest }: ReturnType<typeof valuesOf>) => {
    const saved = await save.mutateAsync({
      ...rest,
      ...(file === undefined ? {} : { logo: file && (await sendLogo(file)) }),
    })
    form.reset(valuesOf(saved))
    showToast(t('saved'))
  }
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card>
        <Form form={form} onSubmit={submit} guard>
          <FormTextField
            name="name"
            label={t('branding.name')}
            maxLength={200}
            autoComplete="organization"
          />
          <FormTextField
            name="contact_email"
            type="email"
            label={t('branding.email')}
            hint={t('branding.emailHint')}
            autoComplete="email"
          />
          <LogoField current={logo} onPick={pick} />
          <ColorField
            name="primary_color"
            label={t('branding.primary')}
            hint={t('branding.primaryHint')}
            pickLabel={t('branding.pickPrimary')}
          />
          <ColorAdvice color={values.primary_color} />
          <ColorField
            name="secondary_color"
            label={t('branding.secondary')}
            hint={t('branding.secondaryHint')}
            pickLabel={t('branding.pickSecondary')}
          />
          <FormSelect
            name="font_family"
            label={t('branding.font')}
            options={settings.fonts.map((font) => ({ value: font, label: font }))}
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{tCommon('action.save')}</SubmitButton>
            <Button
              look="quiet"
              onClick={() => {
                for (const [name, value] of Object.entries(USUAL)) {
                  form.setValue(name as keyof typeof USUAL, value, { shouldDirty: true })
                }
              }}
            >
              {t('branding.reset')}
            </Button>
          </div>
        </Form>
      </Card>
      <div className="xl:sticky xl:top-6">
        <BrandingPreview look={{ ...values, logo }} />
      </div>
    </div>
  )
}

const valuesOf = (settings: Settings) => ({
  name: settings.name,
  contact_email: settings.contact_email,
  primary_color: settings.primary_color,
  secondary_color: settings.secondary_color,
  font_family: settings.font_family,
  logo: undefined as File | null | undefined,
})
