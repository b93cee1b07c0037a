import { PersonPicker } from '@/components/pickers/people-picker'
import { useField } from '@/components/form/use-field'

/** One person of the school, in the form around it. */
export function PersonField({ label }: { label: string }) {
  const { field, error } = useField('person', label)
  return <PersonPicker label={label} value={field.value} onChange={field.onChange} error={error} />
}
