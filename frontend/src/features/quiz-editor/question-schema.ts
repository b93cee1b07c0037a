import type { TFunction } from 'i18next'
import * as z from 'zod/mini'
import type { Question, QuestionDraft } from './queries'

export const MAX_OPTIONS = 8
export const MAX_ACCEPTED = 20
const MAX_ANSWER = 300
const MAX_PROMPT = 1000
const MAX_EXPLANATION = 2000
const MAX_POINTS = 100

const LISTS = { MCQ: 'options', SHORT_ANSWER: 'accepted_answers' } as const

const fold = (text: string) => text.trim().toLocaleLowerCase()

export function questionSchema(t: TFunction<'quiz-editor'>) {
  const points = t('form.pointsRange')
  const answers = z.array(z.object({ text: z.string().check(z.trim()) }))
  return z
    .object({
      kind: z.enum(['MCQ', 'SHORT_ANSWER']),
      prompt: z
        .string()
        .check(
          z.trim(),
          z.minLength(1, t('form.promptMissing')),
          z.maxLength(MAX_PROMPT, t('form.promptLong')),
        ),
      options: answers,
      /** Place of the right one among the options. */
      correct: z.number(),
      accepted_answers: answers,
      points: z.int(points).check(z.gte(1, points), z.lte(MAX_POINTS, points)),
      explanation: z
        .string()
        .check(z.trim(), z.maxLength(MAX_EXPLANATION, t('form.explanationLong'))),
    })
    .check(({ value, issues }) => {
      // Only the list that belongs to the kind counts; the other is not on the screen.
      const list = LISTS[value.kind]
      const texts = value[list].map(({ text }) => text)
      for (const [index, text] of texts.entries()) {
        const isTwice = texts.findIndex((each) => fold(each) === fold(text)) < index
        const faults: [boolean, string][] = [
          [text === '', t('form.optionMissing')],
          [text.length > MAX_ANSWER, t('form.optionLong')],
          [isTwice, t('form.optionTwice')],
        ]
        const message = faults.find(([isFault]) => isFault)?.[1]
        if (message) {
          issues.push({ code: 'custom', path: [list, index, 'text'], message, input: text })
        }
      }
    })
}

export type QuestionValues = z.infer<ReturnType<typeof questionSchema>>

const EMPTY = { text: '' }

export function valuesOf(question: Question | null): QuestionValues {
  if (!question) {
    return {
      kind: 'MCQ',
      prompt: '',
      options: [EMPTY, EMPTY, EMPTY],
      correct: 0,
      accepted_answers: [EMPTY],
      points: 1,
      explanation: '',
    }
  }
  const { options, accepted_answers: accepted } = question
  return {
    kind: question.kind,
    prompt: question.prompt,
    options: options.map(({ text }) => ({ text })),
    correct: Math.max(
      0,
      options.findIndex((option) => option.is_correct),
    ),
    accepted_answers: accepted.length > 0 ? accepted.map((text) => ({ text })) : [EMPTY],
    points: question.points,
    explanation: question.explanation,
  }
}

export const draftOf = ({ kind, prompt, points, explanation, ...values }: QuestionValues) =>
  ({
    kind,
    prompt,
    points,
    explanation,
    ...(kind === 'MCQ'
      ? {
          options: values.options.map(({ text }, index) => ({
            text,
            is_correct: index === values.correct,
          })),
        }
      : { accepted_answers: values.accepted_answers.map(({ text }) => text) }),
  }) satisfies QuestionDraft
