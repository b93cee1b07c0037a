import type { TFunction } from 'i18next'
import { DETAILS } from './editor-address'
import { allContents, type Course, type CourseWork, isBeingPrepared } from './queries'
import { workPath } from './work-list'

/** Something to look at before a course is published, and the way to it. */
export interface Check {
  id: string
  /** Without it the server refuses to publish. */
  isNeeded: boolean
  text: string
  fix: string
  /** `item` of the editor, page elsewhere, the dialog that assigns, or the first module's menu. */
  to: { item: string } | { path: string } | 'assign' | 'begin'
}

/** What is missing or not ready, the most important first. */
export function publishChecks(
  course: Course,
  work: readonly CourseWork[],
  t: TFunction<'courses'>,
): Check[] {
  const contents = allContents(course)
  const checks: Check[] = []
  if (contents.length === 0) {
    checks.push({
      id: 'empty',
      isNeeded: true,
      text: t('publish.empty'),
      fix: t('publish.emptyFix'),
      to: 'begin',
    })
  }
  for (const content of contents) {
    const isFailed = content.video_status === 'FAILED'
    if (!isFailed && !isBeingPrepared(content)) continue
    checks.push({
      id: content.id,
      isNeeded: false,
      text: isFailed
        ? t('publish.videoFailed', { title: content.title })
        : t('publish.videoPreparing', { title: content.title }),
      fix: t('publish.videoFix'),
      to: { item: content.id },
    })
  }
  if (course.assigned_teacher_count === 0) {
    checks.push({
      id: 'nobody',
      isNeeded: false,
      text: t('publish.nobody'),
      fix: t('publish.nobodyFix'),
      to: 'assign',
    })
  }
  for (const quiz of work) {
    if (quiz.kind !== 'QUIZ' || quiz.is_published) continue
    checks.push({
      id: quiz.id,
      isNeeded: false,
      text: t('publish.quizDraft', { title: quiz.title }),
      fix: t('publish.quizFix'),
      to: { path: workPath(quiz) },
    })
  }
  for (const module of contents.length === 0 ? [] : course.modules) {
    if (module.contents.length > 0) continue
    checks.push({
      id: module.id,
      isNeeded: false,
      text: t('publish.emptyModule', { title: module.title }),
      fix: t('publish.openModule'),
      to: { item: module.id },
    })
  }
  if (course.description.trim() === '') {
    checks.push({
      id: 'description',
      isNeeded: false,
      text: t('publish.noDescription'),
      fix: t('publish.noDescriptionFix'),
      to: { item: DETAILS },
    })
  }
  return checks
}
