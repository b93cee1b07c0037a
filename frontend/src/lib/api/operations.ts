/**
 * The only door to the generated client.
 *
 * Pages import operations from here and read their types off the operations, not off the names of
 * schemas, so that a renamed schema on the server changes nothing in the pages. What the entry of the
 * app calls stands in `first-calls.ts`: a module is never split, so one import from here by the entry
 * would put every operation there is before the sign-in page.
 */
import type {
  enrolSecondFactor,
  exchangeCode,
  getMe,
  getPreferences,
  getSchoolStats,
  getTeacherCourse,
  getTheme,
  getTranscript,
  listNotifications,
  listQuestions,
  listTeacherCourses,
} from './gen/sdk.gen'

export * from './gen/sdk.gen'

/** What an operation answers. */
export type Answer<Operation extends (...args: never[]) => Promise<{ data: unknown }>> = Awaited<
  ReturnType<Operation>
>['data']

export type User = Awaited<ReturnType<typeof getMe<true>>>['data']
export type Theme = Awaited<ReturnType<typeof getTheme<true>>>['data']
export type Visit = Awaited<ReturnType<typeof exchangeCode<true>>>['data']['impersonation']
export type Preferences = Awaited<ReturnType<typeof getPreferences<true>>>['data']
export type NotificationKind = Preferences['muted'][number]
export type OtpSecret = Awaited<ReturnType<typeof enrolSecondFactor<true>>>['data']
export type QuizReasonCode = Awaited<
  ReturnType<typeof listQuestions<true>>
>['data']['state_codes'][number]
export type NotificationPage = Awaited<ReturnType<typeof listNotifications<true>>>['data']
export type Notification = NotificationPage['results'][number]
export type SchoolStats = Awaited<ReturnType<typeof getSchoolStats<true>>>['data']
type CoursePage = Awaited<ReturnType<typeof listTeacherCourses<true>>>['data']
export type CourseSummary = CoursePage['results'][number]
export type CourseProgress = CourseSummary['progress']
export type Course = Awaited<ReturnType<typeof getTeacherCourse<true>>>['data']
export type Content = Course['modules'][number]['contents'][number]
export type Transcript = Awaited<ReturnType<typeof getTranscript<true>>>['data']
export type TranscriptSegment = Transcript['segments'][number]
