import i18n from 'i18next'
import { getCourse, listCourses } from '@/lib/api/operations'
import {
  type Choice,
  type ChoiceSource,
  FOUND_SIZE,
  type PickerProps,
  type SinglePickerProps,
} from './choice'
import { MultiPicker } from './multi-picker'
import { SinglePicker } from './single-picker'

interface Course {
  id: string
  title: string
  is_published: boolean
}

const toChoice = ({ id, title, is_published }: Course): Choice => ({
  id,
  label: title,
  ...(is_published ? {} : { hint: i18n.t('frame:picker.draft') }),
})

const courses: ChoiceSource = {
  key: 'courses',
  search: async (text, signal) => {
    const { data } = await listCourses({ query: { search: text, page_size: FOUND_SIZE }, signal })
    return { choices: data.results.map(toChoice), count: data.count }
  },
  find: async (id, signal) => toChoice((await getCourse({ path: { course_id: id }, signal })).data),
}

/** Courses of the school, as many as wanted. */
export const CoursesPicker = (props: PickerProps) => <MultiPicker {...props} source={courses} />

/** One course of the school. */
export const CoursePicker = (props: SinglePickerProps) => (
  <SinglePicker {...props} source={courses} />
)
