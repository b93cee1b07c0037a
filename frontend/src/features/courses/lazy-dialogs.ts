import { lazy } from 'react'

// Few of them are opened at each visit, and choosing people alone is larger than the page.

export const NewCourseDialog = lazy(async () => ({
  default: (await import('./new-course-dialog')).NewCourseDialog,
}))

export const AssignDialog = lazy(async () => ({
  default: (await import('./assign-dialog')).AssignDialog,
}))

export const DeleteCourseDialog = lazy(async () => ({
  default: (await import('./delete-course-dialog')).DeleteCourseDialog,
}))
