import { queryOptions, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type Answer,
  createQuestion,
  deleteQuestion,
  getAssignment,
  getVideoStatus,
  listQuestionFlags,
  listQuestions,
  reviewQuestion,
  updateQuestion,
} from '@/lib/api/operations'

export type Quiz = Answer<typeof listQuestions<true>>
export type Question = Quiz['questions'][number]
export type Evidence = NonNullable<Question['evidence']>
export type Assignment = Answer<typeof getAssignment<true>>

/** What the form makes of a question; a kind is chosen once and for all. */
export type QuestionDraft = Parameters<typeof createQuestion>[0]['body']

export const assignmentQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId],
    queryFn: async ({ signal }) =>
      (await getAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const questionsQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId, 'questions'],
    queryFn: async ({ signal }) =>
      (await listQuestions({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const flagsQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId, 'flags'],
    queryFn: async ({ signal }) =>
      (await listQuestionFlags({ path: { assignment_id: assignmentId }, signal })).data,
  })

export interface VideoPlace {
  courseId: string
  moduleId: string
  contentId: string
}

/** The video that the questions are about, for those parts of it that are looked at again. */
export const clipQuery = ({ courseId, moduleId, contentId }: VideoPlace) =>
  queryOptions({
    queryKey: ['admin', 'course', courseId, 'clips', contentId],
    queryFn: async ({ signal }) => {
      const path = { course_id: courseId, module_id: moduleId, content_id: contentId }
      const { playback, transcript } = (await getVideoStatus({ path, signal })).data
      return (
        playback && {
          source: { hlsUrl: playback.hls_url, captionsUrl: playback.captions_url },
          language: transcript?.language,
        }
      )
    },
  })

/** Counts and states that other pages show of the quiz. */
export const refreshAssignment = (client: QueryClient, assignmentId: string) =>
  Promise.all([
    client.invalidateQueries({ queryKey: assignmentQuery(assignmentId).queryKey, exact: true }),
    client.invalidateQueries({ queryKey: ['admin', 'assignments'] }),
  ])

export type QuizChange =
  | { kind: 'accept'; questionId: string }
  | { kind: 'reject'; questionId: string; reason: string }
  | { kind: 'delete'; questionId: string }
  | { kind: 'save'; questionId: string; draft: QuestionDraft }
  | { kind: 'add'; draft: QuestionDraft }

async function send(assignmentId: string, change: QuizChange): Promise<Quiz | undefined> {
  if (change.kind === 'add') {
    const path = { assignment_id: assignmentId }
    return (await createQuestion({ path, body: change.draft })).data
  }
  const path = { assignment_id: assignmentId, question_id: change.questionId }
  if (change.kind === 'delete') {
    await deleteQuestion({ path })
    return undefined
  }
  if (change.kind === 'save') {
    const { kind: _kind, ...body } = change.draft
    return (await updateQuestion({ path, body })).data
  }
  const body =
    change.kind === 'reject'
      ? { action: 'reject' as const, reason: change.reason }
      : { action: 'accept' as const }
  return (await reviewQuestion({ path, body })).data
}

/**
 * Changes the version that is worked on. After people have begun with it the answer is a new version,
 * in which every question has another id: only its place stays.
 */
export function useQuizChange(assignmentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: QuizChange) => send(assignmentId, change),
    onSuccess: async (quiz) => {
      const { queryKey } = questionsQuery(assignmentId)
      if (quiz) client.setQueryData(queryKey, quiz)
      else await client.invalidateQueries({ queryKey })
      await refreshAssignment(client, assignmentId)
    },
  })
}
