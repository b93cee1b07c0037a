/**
 * The only door to the generated client.
 *
 * Pages import operations and types from here. Types are read off the operations, not off the names
 * of schemas, so that a renamed schema on the server changes nothing in the pages.
 */
import {
  changePassword,
  getMe,
  getTeacherCourse,
  getTheme,
  getTranscript,
  listTeacherCourses,
  login,
  logout,
  refresh,
} from './gen/sdk.gen'

export {
  changePassword,
  getMe,
  getTeacherCourse,
  getTheme,
  getTranscript,
  listTeacherCourses,
  login,
  logout,
  refresh,
}

export type User = Awaited<ReturnType<typeof getMe<true>>>['data']
export type Theme = Awaited<ReturnType<typeof getTheme<true>>>['data']
type CoursePage = Awaited<ReturnType<typeof listTeacherCourses<true>>>['data']
export type CourseSummary = CoursePage['results'][number]
export type CourseProgress = CourseSummary['progress']
export type Course = Awaited<ReturnType<typeof getTeacherCourse<true>>>['data']
export type Content = Course['modules'][number]['contents'][number]
export type Transcript = Awaited<ReturnType<typeof getTranscript<true>>>['data']
export type TranscriptSegment = Transcript['segments'][number]
