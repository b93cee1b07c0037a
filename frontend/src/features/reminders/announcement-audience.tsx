import { useTranslation } from 'react-i18next'
import { useField } from '@/components/form/use-field'
import { GroupsPicker } from '@/components/pickers/group-picker'
import { PeoplePicker } from '@/components/pickers/people-picker'

interface Fields {
  group_ids: string[]
  teacher_ids: string[]
}

/** Groups and single people; somebody in several of them is told once. */
export function AnnouncementAudience() {
  const { t } = useTranslation('reminders')
  const groups = useField<Fields>('group_ids', t('announcement.groups'))
  const people = useField<Fields>('teacher_ids', t('announcement.people'))
  return (
    <>
      <GroupsPicker
        label={t('announcement.groups')}
        value={listOf(groups.field.value)}
        onChange={groups.field.onChange}
        error={groups.error}
      />
      <PeoplePicker
        label={t('announcement.people')}
        value={listOf(people.field.value)}
        onChange={people.field.onChange}
        error={people.error}
      />
    </>
  )
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [])
