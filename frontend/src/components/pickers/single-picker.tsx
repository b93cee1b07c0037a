import { useTranslation } from 'react-i18next'
import { Combobox } from '@/components/ui/combobox'
import type { ChoiceSource, SinglePickerProps } from './choice'
import { useNames, useSearch } from './use-choices'

/** One of many, found by typing. */
export function SinglePicker({
  source,
  value,
  onChange,
  ...field
}: SinglePickerProps & { source: ChoiceSource }) {
  const { t } = useTranslation('frame')
  const search = useSearch(source)
  const [known] = useNames(source, value === null ? [] : [value])
  // Until the name of an id is there, the field is empty rather than showing the id.
  const gone = value === null ? null : { id: value, label: t('picker.unknown') }
  return (
    <Combobox
      {...field}
      value={value === null || known === undefined ? null : (known ?? gone)}
      onChange={(choice) => onChange(choice?.id ?? null)}
      cacheKey={['choices', source.key, 'single']}
      search={async (text, signal) => (await search(text, signal)).choices}
    />
  )
}
