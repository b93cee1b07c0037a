import { clsx } from 'clsx'
import { type ComponentType, lazy, Suspense } from 'react'
import { Bone } from '@/components/ui/skeleton'
import type { SinglePickerProps } from './choice'

const Courses = lazy(async () => ({ default: (await import('./course-picker')).CoursePicker }))
const Groups = lazy(async () => ({ default: (await import('./group-picker')).GroupPicker }))

/** Holds the place of a picker: a label and a box. */
const waiting = ({ className }: SinglePickerProps) => <Bone className={clsx('h-18', className)} />

const later = (Picker: ComponentType<SinglePickerProps>) => (props: SinglePickerProps) => (
  <Suspense fallback={waiting(props)}>
    <Picker {...props} />
  </Suspense>
)

/** As filters of a page: they come a moment after what they filter, which is what people came for. */
export const CourseFilter = later(Courses)
export const GroupFilter = later(Groups)
