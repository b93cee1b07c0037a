import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Answer, getAnalytics, reportQuestionRules } from '@/lib/api/operations'

export type Analytics = Answer<typeof getAnalytics<true>>

/** @param courseId all courses without it */
export const analyticsQuery = (months: number, courseId: string | undefined) =>
  queryOptions({
    queryKey: ['analytics', months, courseId ?? null],
    queryFn: async ({ signal }) => {
      const query = { months, ...(courseId !== undefined && { course_id: courseId }) }
      return (await getAnalytics({ query, signal })).data
    },
    placeholderData: keepPreviousData,
  })

export type QuestionRule = Answer<typeof reportQuestionRules<true>>['rules'][number]

export const rulesQuery = queryOptions({
  queryKey: ['analytics', 'question-rules'],
  queryFn: async ({ signal }) => (await reportQuestionRules({ signal })).data,
})
