import { queryOptions } from '@tanstack/react-query'
import { type Answer, getQuiz, getTeacherAssignment, getTeacherCourse } from '@/lib/api/operations'
import { LEARNER_KEY } from '@/lib/learner-key'

export type Quiz = Answer<typeof getQuiz<true>>
export type Question = Quiz['questions'][number]
export type Attempt = NonNullable<Quiz['attempt']>
export type QuizResult = NonNullable<Quiz['result']>
export type QuestionResult = QuizResult['questions'][number]
export type GivenAnswer = Attempt['draft'][string]
/** By question. */
export type Answers = Record<string, GivenAnswer>
export type Task = Answer<typeof getTeacherAssignment<true>>

export const quizQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: [...LEARNER_KEY, 'quiz', assignmentId],
    queryFn: async ({ signal }) =>
      (await getQuiz({ path: { assignment_id: assignmentId }, signal })).data,
  })

export const taskQuery = (assignmentId: string) =>
  queryOptions({
    queryKey: [...LEARNER_KEY, 'task', assignmentId],
    queryFn: async ({ signal }) =>
      (await getTeacherAssignment({ path: { assignment_id: assignmentId }, signal })).data,
  })

/** The course that a quiz belongs to: what of its video was watched. The same entry as the course's own pages have. */
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: [...LEARNER_KEY, 'course', courseId],
    queryFn: async ({ signal }) =>
      (await getTeacherCourse({ path: { course_id: courseId }, signal })).data,
  })

export const isAnswered = (answer: GivenAnswer | undefined): boolean =>
  Boolean(answer?.option_id) || Boolean(answer?.text?.trim())

/** Only what says something: an emptied answer is none. */
export const givenOnly = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => isAnswered(answer)))

export const attemptsLeft = (quiz: Quiz): number =>
  Math.max(0, quiz.attempts_allowed - quiz.attempts_used)

export const isPassed = (quiz: Quiz): boolean =>
  quiz.result?.passed === true ||
  (quiz.best_score !== null && quiz.best_score >= quiz.passing_score)
