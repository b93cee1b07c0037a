/**
 * Everything that a teacher's pages know of courses, tasks and quizzes: finishing one thing, or news
 * from the school, changes what several of them show.
 */
export const LEARNER_KEY = ['teacher']
