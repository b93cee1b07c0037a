import type { Answers } from './queries'

/** Answers that the server does not have yet; they survive a reload without a network. */
const keyOf = (attemptId: string) => `lms.quiz.${attemptId}`

const isAnswers = (value: unknown): value is Answers =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((answer) => typeof answer === 'object' && answer !== null)

export function readAnswers(attemptId: string): Answers | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(attemptId)) ?? 'null')
    return isAnswers(kept) ? kept : null
  } catch {
    // Somebody else wrote there; it is not worth a fault.
    return null
  }
}

export function keepAnswers(attemptId: string, answers: Answers): void {
  try {
    localStorage.setItem(keyOf(attemptId), JSON.stringify(answers))
  } catch {
    // A full or forbidden store: the server keeps them a moment later.
  }
}

export const forgetAnswers = (attemptId: string): void => localStorage.removeItem(keyOf(attemptId))
