import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type Answer,
  decideAnswer,
  getAssignment,
  getAttempt,
  getSettings,
  listAttempts,
  listWaitingAnswers,
} from '@/lib/api/operations'

export type Attempt = Answer<typeof listAttempts<true>>['results'][number]
export type AttemptDetail = Answer<typeof getAttempt<true>>
export type AnsweredQuestion = AttemptDetail['questions'][number]
export type WaitingQuestion = Answer<typeof listWaitingAnswers<true>>['results'][number]
export type WaitingAnswer = WaitingQuestion['answers'][number]
export type Decision = Answer<typeof decideAnswer<true>>

type AttemptsQuery = NonNullable<Parameters<typeof listAttempts>[0]['query']>

export const STATES = ['OPEN', 'SUBMITTED', 'GRADED'] as const satisfies readonly Attempt['state'][]

/** Questions on a page of the queue. */
export const QUEUE_SIZE = 20

export const assignmentQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId],
    queryFn: async ({ signal }) =>
      (await getAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const attemptsQuery = (assignmentId: string, query: AttemptsQuery) =>
  queryOptions({
    queryKey: ['admin', 'assignment', assignmentId, 'attempts', query],
    queryFn: async ({ signal }) =>
      (await listAttempts({ path: { assignment_id: assignmentId }, query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const attemptQuery = (attemptId: string) =>
  queryOptions({
    queryKey: ['admin', 'attempt', attemptId],
    queryFn: async ({ signal }) =>
      (await getAttempt({ path: { attempt_id: attemptId }, signal })).data,
  })

export const waitingQuery = (page: number) =>
  queryOptions({
    queryKey: ['admin', 'waiting-answers', page],
    queryFn: async ({ signal }) =>
      (await listWaitingAnswers({ query: { page, page_size: QUEUE_SIZE }, signal })).data,
    placeholderData: keepPreviousData,
  })

/** The school's clock, by which attempts are in time or late. */
export const timeZoneQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
  select: (settings) => settings.time_zone,
})

export interface Deciding {
  attemptId: string
  questionId: string
  isRight: boolean
  /** Also for everybody whose answer waits and has the same words. */
  sameAnswers?: boolean
  /** These words are right from now on, whoever writes them. */
  acceptForAll?: boolean
  /** Otherwise than somebody has said before. */
  overrule?: boolean
}

/** Says what an answer is worth. Lists, counts and the attempt itself ask anew, also after somebody else was faster. */
export function useDecide() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ attemptId, questionId, ...said }: Deciding) =>
      (
        await decideAnswer({
          path: { attempt_id: attemptId, question_id: questionId },
          body: {
            is_right: said.isRight,
            same_answers: said.sameAnswers ?? false,
            accept_for_all: said.acceptForAll ?? false,
            overrule: said.overrule ?? false,
          },
        })
      ).data,
    onSettled: () => client.invalidateQueries({ queryKey: ['admin'] }),
  })
}
