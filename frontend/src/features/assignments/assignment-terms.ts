import type { TFunction } from 'i18next'
import * as z from 'zod/mini'

const MAX_TITLE = 200
const MAX_INSTRUCTIONS = 10_000
const MAX_SCORE = 1000

/** What is said of every assignment, whoever makes it. */
export const termsShape = (t: TFunction<'assignments'>, isQuiz: boolean) => {
  const passing = isQuiz ? t('form.passingPercent') : t('form.passingRange')
  return {
    title: z
      .string()
      .check(
        z.trim(),
        z.minLength(1, t('form.titleMissing')),
        z.maxLength(MAX_TITLE, t('form.titleLong')),
      ),
    instructions: z
      .string()
      .check(
        z.trim(),
        z.minLength(1, t('form.instructionsMissing')),
        z.maxLength(MAX_INSTRUCTIONS, t('form.instructionsLong')),
      ),
    due_date: z.nullable(z.string()),
    max_score: z
      .int(t('form.maxScoreRange'))
      .check(z.gte(1, t('form.maxScoreRange')), z.lte(MAX_SCORE, t('form.maxScoreRange'))),
    passing_score: z.int(passing).check(z.gte(0, passing)),
    is_mandatory: z.boolean(),
  }
}

/** For a schema's `refine`: nobody passes with more than everything. */
export const passingFits = (terms: { passing_score: number; max_score: number }): boolean =>
  terms.passing_score <= terms.max_score
