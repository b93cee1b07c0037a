import { deleteContent, getCourse, setOutline, updateContent } from '@/lib/api/operations'

interface Replacement {
  courseId: string
  moduleId: string
  oldId: string
  newId: string
}

/**
 * Puts a new video where another one stood, with the name and the rules of that one, which goes.
 * The old one goes last: whatever fails before leaves the course with everything in it.
 */
export async function takePlaceOf({
  courseId,
  moduleId,
  oldId,
  newId,
}: Replacement): Promise<void> {
  const { data: course } = await getCourse({ path: { course_id: courseId } })
  const contents = course.modules.flatMap((module) => module.contents)
  const old = contents.find(({ id }) => id === oldId)
  // Somebody removed it meanwhile: the new one stays at the end of the module.
  if (!old) return
  const path = { course_id: courseId, module_id: moduleId }
  await updateContent({
    path: { ...path, content_id: newId },
    body: {
      title: old.title,
      is_mandatory: old.is_mandatory,
      ...(old.required_coverage === null ? {} : { required_coverage: old.required_coverage }),
    },
  })
  await setOutline({
    path: { course_id: courseId },
    body: {
      modules: course.modules.map((module) => ({
        id: module.id,
        contents: module.contents
          .map(({ id }) => id)
          .filter((id) => id !== newId)
          .flatMap((id) => (id === oldId ? [newId, oldId] : [id])),
      })),
    },
  })
  await deleteContent({ path: { ...path, content_id: oldId } })
}
