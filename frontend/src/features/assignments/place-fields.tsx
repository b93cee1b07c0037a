import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormSelect } from '@/components/form/fields'
import { useField } from '@/components/form/use-field'
import { CoursePicker } from '@/components/pickers/course-picker'
import { partsQuery } from './queries'

interface Place {
  course_id: string | null
  /** `module` or `module/content`; empty: the course as a whole. */
  place: string
}

/** Where an assignment belongs: a course, and a part of it. */
export function PlaceFields() {
  const { t } = useTranslation('assignments')
  const { setValue } = useFormContext<Place>()
  const { field, error } = useField<Place>('course_id', t('form.course'))
  const courseId = useWatch<Place, 'course_id'>({ name: 'course_id' })
  const parts = useQuery({ ...partsQuery(courseId ?? ''), enabled: courseId !== null })
  const options = (parts.data ?? []).flatMap((module) =>
    [{ value: module.id, label: module.title }].concat(
      module.contents.map((content) => ({
        value: `${module.id}/${content.id}`,
        label: `${module.title} – ${content.title}`,
      })),
    ),
  )
  return (
    <>
      <CoursePicker
        label={t('form.course')}
        value={field.value}
        error={error}
        onChange={(id) => {
          field.onChange(id)
          setValue('place', '')
        }}
      />
      {courseId !== null && (
        <FormSelect
          name="place"
          label={t('form.place')}
          hint={parts.error ? t('form.placesFailed') : t('form.placeHint')}
          options={[{ value: '', label: t('form.wholeCourse') }, ...options]}
        />
      )}
    </>
  )
}
