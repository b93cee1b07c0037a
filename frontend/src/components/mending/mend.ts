import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Answer, mendQuestion } from '@/lib/api/operations'

export type Reach = Answer<typeof mendQuestion<true>>
export type MendBody = NonNullable<Parameters<typeof mendQuestion>[0]['body']>

/** What is known of a question that may be mended, wherever it is shown. */
export interface Mendable {
  id: string
  kind: 'MCQ' | 'SHORT_ANSWER'
  prompt: string
  options: readonly { id: string; text: string; is_correct: boolean }[]
  accepted_answers: readonly string[]
}

/** Stands among the options for the choice to withdraw the question. */
export const WITHDRAW = 'withdraw'
export const KEEP_TYPED = 'typed'

/** One accepted answer in each line. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

/** What is sent for a choice; null when it changes nothing. */
export function bodyOf(question: Mendable, choice: string, typed: string): MendBody | null {
  if (choice === WITHDRAW) return { is_withdrawn: true }
  if (question.kind === 'MCQ') {
    const right = question.options.find((option) => option.is_correct)
    return choice === '' || choice === right?.id ? null : { correct_option_id: choice }
  }
  const accepted = linesOf(typed)
  const isSame = accepted.join('\n') === question.accepted_answers.join('\n')
  return accepted.length === 0 || isSame ? null : { accepted_answers: accepted }
}

/** Whom it would reach, without changing anything. */
export const reachQuery = (assignmentId: string, questionId: string, body: MendBody | null) =>
  queryOptions({
    queryKey: ['admin', 'mending', assignmentId, questionId, body],
    queryFn: async ({ signal }) =>
      (
        await mendQuestion({
          path: { assignment_id: assignmentId, question_id: questionId },
          body: { ...body, dry_run: true },
          signal,
        })
      ).data,
    enabled: body !== null,
    placeholderData: keepPreviousData,
    // Somebody may hand in at any moment.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
