import type { WaitingAnswer, WaitingQuestion } from './queries'

/** People who wrote the same words. */
export interface AnswerGroup {
  /** Names the group for React and for the keys. */
  key: string
  questionId: string
  /** Whose answer stands for all. */
  attemptId: string
  text: string
  people: string[]
}

const folded = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ')

/** Answers of a question with the same words together, in the order in which the first of them came. */
export function groupAnswers({
  question_id: questionId,
  answers,
}: Pick<WaitingQuestion, 'question_id' | 'answers'>): AnswerGroup[] {
  const groups = new Map<string, AnswerGroup>()
  for (const answer of answers) {
    const words = folded(answer.text)
    const group = groups.get(words)
    if (group) group.people.push(answer.teacher_name)
    else groups.set(words, newGroup(questionId, words, answer))
  }
  return [...groups.values()]
}

const newGroup = (questionId: string, words: string, answer: WaitingAnswer): AnswerGroup => ({
  key: `${questionId}:${words}`,
  questionId,
  attemptId: answer.attempt_id,
  text: answer.text,
  people: [answer.teacher_name],
})
