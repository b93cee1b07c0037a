/**
 * The only door to the generated client.
 *
 * Pages import operations and types from here. Types are read off the operations, not off the names
 * of schemas, so that a renamed schema on the server changes nothing in the pages.
 */
import {
  acceptInvitation,
  changePassword,
  confirmPasswordReset,
  confirmSecondFactor,
  countUnread,
  disableSecondFactor,
  editMe,
  editPreferences,
  endOtherSessions,
  endSession,
  enrolSecondFactor,
  exchangeCode,
  getMe,
  getPreferences,
  getSchoolStats,
  getSecondFactor,
  getTeacherCourse,
  getTheme,
  getTranscript,
  listNotifications,
  listSchools,
  listSessions,
  listTeacherCourses,
  login,
  logout,
  readAllNotifications,
  readNotification,
  refresh,
  requestPasswordReset,
  resendVerification,
  stepUp,
  streamNotifications,
  verifyEmail,
} from './gen/sdk.gen'

export {
  acceptInvitation,
  changePassword,
  confirmPasswordReset,
  confirmSecondFactor,
  countUnread,
  disableSecondFactor,
  editMe,
  editPreferences,
  endOtherSessions,
  endSession,
  enrolSecondFactor,
  exchangeCode,
  getMe,
  getPreferences,
  getSchoolStats,
  getSecondFactor,
  getTeacherCourse,
  getTheme,
  getTranscript,
  listNotifications,
  listSchools,
  listSessions,
  listTeacherCourses,
  login,
  logout,
  readAllNotifications,
  readNotification,
  refresh,
  requestPasswordReset,
  resendVerification,
  stepUp,
  streamNotifications,
  verifyEmail,
}

export type User = Awaited<ReturnType<typeof getMe<true>>>['data']
export type Theme = Awaited<ReturnType<typeof getTheme<true>>>['data']
export type Visit = Awaited<ReturnType<typeof exchangeCode<true>>>['data']['impersonation']
export type Preferences = Awaited<ReturnType<typeof getPreferences<true>>>['data']
export type NotificationKind = Preferences['muted'][number]
export type OtpSecret = Awaited<ReturnType<typeof enrolSecondFactor<true>>>['data']
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
