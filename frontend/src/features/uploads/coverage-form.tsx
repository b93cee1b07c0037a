import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormNumberField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { updateContent } from '@/lib/api/operations'
import { formatPercent } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { refreshCourse, type VideoPlace } from './queries'

/** How much of the video a teacher has to watch before it counts as done. */
export function CoverageForm({ place, coverage }: { place: VideoPlace; coverage: number }) {
  const { t } = useTranslation('uploads')
  const client = useQueryClient()
  const range = t('rules.range')
  const form = useForm({
    resolver: zodResolver(
      z.object({ required_coverage: z.int(range).check(z.gte(50, range), z.lte(100, range)) }),
    ),
    mode: 'onTouched',
    shouldFocusError: false,
    values: { required_coverage: coverage },
    resetOptions: { keepDirtyValues: true },
  })
  return (
    <Card title={t('rules.title')} level={3}>
      <Form
        form={form}
        onSubmit={async (values) => {
          await updateContent({
            path: {
              course_id: place.courseId,
              module_id: place.moduleId,
              content_id: place.contentId,
            },
            body: values,
          })
          form.reset(values)
          showToast(t('rules.saved', { percent: formatPercent(values.required_coverage) }))
          await refreshCourse(client, place.courseId)
        }}
      >
        <FormNumberField
          name="required_coverage"
          label={t('rules.label')}
          hint={t('rules.hint')}
          unit="%"
        />
        <SubmitButton look="secondary">{t('rules.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
