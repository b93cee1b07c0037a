import { getTeacher, listTeachers, type User } from '@/lib/api/operations'
import {
  type Choice,
  type ChoiceSource,
  FOUND_SIZE,
  type PickerProps,
  type SinglePickerProps,
} from './choice'
import { MultiPicker } from './multi-picker'
import { SinglePicker } from './single-picker'

type Person = Pick<User, 'id' | 'first_name' | 'last_name' | 'email' | 'department'>

const toChoice = ({ id, first_name, last_name, email, department }: Person): Choice => ({
  id,
  label: `${first_name} ${last_name}`.trim() || email,
  hint: department ? `${email} · ${department}` : email,
})

const people: ChoiceSource = {
  key: 'people',
  search: async (text, signal) => {
    const query = { search: text, is_active: true, page_size: FOUND_SIZE }
    const { data } = await listTeachers({ query, signal })
    return { choices: data.results.map(toChoice), count: data.count }
  },
  find: async (id, signal) =>
    toChoice((await getTeacher({ path: { teacher_id: id }, signal })).data),
}

/** People of the school, as many as wanted. */
export const PeoplePicker = (props: PickerProps) => <MultiPicker {...props} source={people} />

/** One person of the school. */
export const PersonPicker = (props: SinglePickerProps) => (
  <SinglePicker {...props} source={people} />
)
