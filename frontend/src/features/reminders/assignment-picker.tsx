import type { ChoiceSource, SinglePickerProps } from '@/components/pickers/choice'
import { FOUND_SIZE } from '@/components/pickers/choice'
import { SinglePicker } from '@/components/pickers/single-picker'
import { getAssignment, listAssignments } from '@/lib/api/operations'

interface Assignment {
  id: string
  title: string
  course_title: string
}

const toChoice = ({ id, title, course_title }: Assignment) => ({
  id,
  label: title,
  hint: course_title,
})

const assignments: ChoiceSource = {
  key: 'assignments',
  search: async (text, signal) => {
    const query = { search: text, is_published: true, page_size: FOUND_SIZE }
    const { data } = await listAssignments({ query, signal })
    return { choices: data.results.map(toChoice), count: data.count }
  },
  find: async (id, signal) =>
    toChoice((await getAssignment({ path: { assignment_id: id }, signal })).data),
}

/** One of the school's assignments and quizzes that people can work on. */
export const AssignmentPicker = (props: SinglePickerProps) => (
  <SinglePicker {...props} source={assignments} />
)
