import { useTranslation } from 'react-i18next'
import { FormRadioGroup } from '@/components/form/fields'
import { useField } from '@/components/form/use-field'
import { CoursePicker } from '@/components/pickers/course-picker'
import { PeoplePicker } from '@/components/pickers/people-picker'
import { AssignmentPicker } from './assignment-picker'
import { type Draft, KINDS } from './draft'

/** What people are reminded of, and which of them. */
export function AudienceFields({ kind, audience }: Pick<Draft, 'kind' | 'audience'>) {
  const { t } = useTranslation('reminders')
  const course = useField<Draft>('course_id', t('compose.course'))
  const assignment = useField<Draft>('assignment_id', t('compose.assignment'))
  const people = useField<Draft>('teacher_ids', t('compose.people'))
  const ids = people.field.value
  return (
    <div className="space-y-5">
      <FormRadioGroup<Draft>
        name="kind"
        label={t('compose.kind')}
        options={KINDS.map((each) => ({
          value: each,
          label: t(`kind.${each}`),
          hint: t(`compose.kindHint.${each}`),
        }))}
      />
      {kind === 'COURSE_DEADLINE' && (
        <CoursePicker
          label={t('compose.course')}
          value={oneId(course.field.value)}
          onChange={course.field.onChange}
          error={course.error}
        />
      )}
      {kind === 'ASSIGNMENT_DUE' && (
        <AssignmentPicker
          label={t('compose.assignment')}
          value={oneId(assignment.field.value)}
          onChange={assignment.field.onChange}
          error={assignment.error}
        />
      )}
      <FormRadioGroup<Draft>
        name="audience"
        label={t('compose.audience')}
        options={[
          { value: 'everybody', label: t(`compose.everybody.${kind}`) },
          { value: 'chosen', label: t(`compose.chosen.${kind}`) },
        ]}
      />
      {audience === 'chosen' && (
        <PeoplePicker
          label={t('compose.people')}
          value={Array.isArray(ids) ? ids : []}
          onChange={people.field.onChange}
          error={people.error}
        />
      )}
    </div>
  )
}

/** The fields of a form share one type; these hold an id or nothing. */
const oneId = (value: unknown): string | null => (typeof value === 'string' ? value : null)
