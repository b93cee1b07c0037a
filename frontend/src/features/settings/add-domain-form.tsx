import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod/mini'
import { FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { add, useDomainChange } from './queries'

export function AddDomainForm() {
  const { t } = useTranslation('settings')
  const adding = useDomainChange(add)
  const form = useForm({
    resolver: zodResolver(
      z.object({ hostname: z.string().check(z.trim(), z.minLength(1, t('domains.missing'))) }),
    ),
    mode: 'onTouched',
    reValidateMode: 'onChange',
    shouldFocusError: false,
    defaultValues: { hostname: '' },
  })
  return (
    <Card title={t('domains.add')}>
      <Form
        form={form}
        className="mt-4 space-y-5"
        onSubmit={async ({ hostname }) => {
          await adding.mutateAsync(hostname)
          form.reset()
        }}
      >
        <FormTextField
          name="hostname"
          label={t('domains.hostname')}
          hint={t('domains.hostnameHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
        />
        <SubmitButton>{t('domains.addButton')}</SubmitButton>
      </Form>
    </Card>
  )
}
