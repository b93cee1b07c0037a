import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { saveQuizDraft } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { type Autosave, useAutosave } from '@/lib/use-autosave'
import { forgetAnswers, keepAnswers, readAnswers } from './local-answers'
import { type Answers, type Attempt, type GivenAnswer, givenOnly, quizQuery } from './queries'

interface KeptAnswers {
  answers: Answers
  answer: (questionId: string, answer: GivenAnswer) => void
  autosave: Autosave<Answers>
  /** They are handed in: nothing of them is kept or sent any more. */
  settle: () => void
}

/**
 * Answers of an open attempt, kept on the server a moment after each and in this browser at once. One
 * call belongs to one attempt: give the component a `key` with its id.
 */
export function useAnswers(assignmentId: string, attempt: Attempt): KeptAnswers {
  const queries = useQueryClient()
  const [answers, setAnswers] = useState<Answers>(attempt.draft)
  const newest = useRef(answers)
  const query = quizQuery(assignmentId)

  const autosave = useAutosave({
    value: answers,
    save: async (value) => {
      try {
        const { data } = await saveQuizDraft({
          path: { assignment_id: assignmentId },
          body: { answers: givenOnly(value) },
        })
        queries.setQueryData(query.queryKey, data)
        if (newest.current === value) forgetAnswers(attempt.id)
      } catch (error) {
        // The attempt has ended, here or in another tab: the page shows what became of it.
        if (isApiError(error, 'time_over') || isApiError(error, 'attempt_not_begun')) {
          await queries.invalidateQueries({ queryKey: query.queryKey })
        }
        throw error
      }
    },
  })

  const show = (next: Answers) => {
    newest.current = next
    setAnswers(next)
  }
  useEffect(() => {
    // What an earlier visit could not send any more is newer than what the server has. It is a change
    // to the server's draft, so it comes after it.
    const unsent = readAnswers(attempt.id)
    if (unsent) show({ ...attempt.draft, ...unsent })
    // Once: from now on what is on the screen is the newest.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [attempt.id])

  return {
    answers,
    answer: (questionId, answer) => {
      const next = { ...newest.current, [questionId]: answer }
      show(next)
      keepAnswers(attempt.id, next)
    },
    autosave,
    settle: () => {
      autosave.reset(newest.current)
      forgetAnswers(attempt.id)
    },
  }
}
