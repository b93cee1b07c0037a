import type { WaitingAnswer, WaitingQuestion } from './queries'

/** People who wrote the same words. */
export interface AnswerGroup {
  /** Names the group for React and for the keys. */
  key: string
  questionId: string
  assignmentId: string
  /** Whose answer stands for all. */
  attemptId: string
  text: string
  people: string[]
}

/** Nearly as the server compares: what differs in signs only is the same. */
function folded(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return words || text.trim()
}

/** Answers of a question with the same words together, in the order in which the first of them came. */
export function groupAnswers({
  question_id: questionId,
  assignment_id: assignmentId,
  answers,
}: WaitingQuestion): AnswerGroup[] {
  const groups = new Map<string, AnswerGroup>()
  for (const answer of answers) {
    const words = folded(answer.text)
    const group = groups.get(words)
    if (group) group.people.push(answer.teacher_name)
    else groups.set(words, { ...newGroup(words, answer), questionId, assignmentId })
  }
  return [...groups.values()]
}

const newGroup = (words: string, answer: WaitingAnswer) => ({
  key: `${answer.attempt_id}:${words}`,
  attemptId: answer.attempt_id,
  text: answer.text,
  people: [answer.teacher_name],
})
