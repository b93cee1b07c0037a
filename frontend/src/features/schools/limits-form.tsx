import { zodResolver } from '@hookform/resolvers/zod'
import type { TFunction } from 'i18next'
import { useEffect, useMemo } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormNumberField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { formatNumber } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { type Limits, type School, useEditSchool } from './queries'

const GIB = 1024 ** 3
const MINUTE = 60
const MOST_PEOPLE = 1_000_000
const MOST_GIGABYTES = 1_000_000
/** A day. */
const MOST_MINUTES = 1440

const toForm = (limits: Limits) => ({
  teachers: limits.teachers as number | null,
  courses: limits.courses as number | null,
  gigabytes: Math.round((limits.storage_bytes / GIB) * 100) / 100,
  minutes: Math.round((limits.video_seconds / MINUTE) * 100) / 100,
})

const makeSchema = (t: TFunction<'schools'>) => {
  const upTo = (most: number) => {
    const message = t('limits.range', { most: formatNumber(most) })
    return z.number(message).check(z.gte(0, message), z.lte(most, message))
  }
  const whole = (most: number) => {
    const message = t('limits.range', { most: formatNumber(most) })
    return upTo(most).check(z.int(message))
  }
  return z.object({
    teachers: whole(MOST_PEOPLE),
    courses: whole(MOST_PEOPLE),
    gigabytes: upTo(MOST_GIGABYTES),
    minutes: upTo(MOST_MINUTES),
  })
}

type Values = z.infer<ReturnType<typeof makeSchema>>

interface LimitsFormProps {
  school: School
  /** Told whether there is something that would be lost with the page. */
  onUnsaved: (isUnsaved: boolean) => void
}

/** How much the school may have; what it has beyond a new limit stays. */
export function LimitsForm({ school, onUnsaved }: LimitsFormProps) {
  const { t } = useTranslation('schools')
  const schema = useMemo(() => makeSchema(t), [t])
  const edit = useEditSchool(school.id)
  const form = useForm({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    // Another plan brings other limits.
    values: toForm(school.limits) as Values,
  })
  const isUnsaved = form.formState.isDirty && !form.formState.isSubmitting
  useEffect(() => onUnsaved(isUnsaved), [isUnsaved, onUnsaved])
  const save = async ({ teachers, courses, gigabytes, minutes }: Values) => {
    await edit.mutateAsync({
      limits: {
        teachers,
        courses,
        storage_bytes: Math.round(gigabytes * GIB),
        video_seconds: Math.round(minutes * MINUTE),
      },
    })
    showToast(t('limits.saved'))
  }
  return (
    <Card title={t('limits.title')} description={t('limits.text')} className="lg:col-span-2">
      <Form
        form={form}
        onSubmit={save}
        serverNames={{
          'limits.teachers': 'teachers',
          'limits.courses': 'courses',
          'limits.storage_bytes': 'gigabytes',
          'limits.video_seconds': 'minutes',
        }}
      >
        <div className="grid gap-5 sm:grid-cols-2">
          <FormNumberField<Values> name="teachers" label={t('column.teachers')} />
          <FormNumberField<Values> name="courses" label={t('column.courses')} />
          <FormNumberField<Values> name="gigabytes" label={t('usage.storage')} unit="GB" decimal />
          <FormNumberField<Values>
            name="minutes"
            label={t('limits.longest')}
            unit={t('limits.minutes')}
            decimal
          />
        </div>
        <SubmitButton look="secondary">{t('limits.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
