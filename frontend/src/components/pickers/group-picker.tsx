import i18n from 'i18next'
import { getGroup, listGroups } from '@/lib/api/operations'
import {
  type Choice,
  type ChoiceSource,
  FOUND_SIZE,
  type PickerProps,
  type SinglePickerProps,
} from './choice'
import { MultiPicker } from './multi-picker'
import { SinglePicker } from './single-picker'

interface Group {
  id: string
  name: string
  member_count: number
}

const toChoice = ({ id, name, member_count: count }: Group): Choice => ({
  id,
  label: name,
  hint: i18n.t('frame:picker.members', { count }),
})

const groups: ChoiceSource = {
  key: 'groups',
  search: async (text, signal) => {
    const { data } = await listGroups({ query: { search: text, page_size: FOUND_SIZE }, signal })
    return { choices: data.results.map(toChoice), count: data.count }
  },
  find: async (id, signal) => toChoice((await getGroup({ path: { group_id: id }, signal })).data),
}

/** Groups of the school, as many as wanted. */
export const GroupsPicker = (props: PickerProps) => <MultiPicker {...props} source={groups} />

/** One group of the school. */
export const GroupPicker = (props: SinglePickerProps) => <SinglePicker {...props} source={groups} />
