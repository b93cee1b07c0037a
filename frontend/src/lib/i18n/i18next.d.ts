import type account from './locales/en/account.json'
import type admin from './locales/en/admin.json'
import type analytics from './locales/en/analytics.json'
import type assignments from './locales/en/assignments.json'
import type audit from './locales/en/audit.json'
import type auth from './locales/en/auth.json'
import type certificates from './locales/en/certificates.json'
import type common from './locales/en/common.json'
import type courses from './locales/en/courses.json'
import type frame from './locales/en/frame.json'
import type groups from './locales/en/groups.json'
import type mending from './locales/en/mending.json'
import type notices from './locales/en/notices.json'
import type pipeline from './locales/en/pipeline.json'
import type quizExtensions from './locales/en/quiz-extensions.json'
import type questionResults from './locales/en/question-results.json'
import type quiz from './locales/en/quiz.json'
import type quizEditor from './locales/en/quiz-editor.json'
import type quizMarking from './locales/en/quiz-marking.json'
import type quizReasons from './locales/en/quiz-reasons.json'
import type reminders from './locales/en/reminders.json'
import type reports from './locales/en/reports.json'
import type schools from './locales/en/schools.json'
import type search from './locales/en/search.json'
import type settings from './locales/en/settings.json'
import type superAdmin from './locales/en/super-admin.json'
import type tasks from './locales/en/tasks.json'
import type teacher from './locales/en/teacher.json'
import type teachers from './locales/en/teachers.json'
import type team from './locales/en/team.json'
import type uploads from './locales/en/uploads.json'

// A key that is not in the catalogue is a compile error.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      account: typeof account
      admin: typeof admin
      analytics: typeof analytics
      assignments: typeof assignments
      audit: typeof audit
      auth: typeof auth
      certificates: typeof certificates
      common: typeof common
      courses: typeof courses
      frame: typeof frame
      groups: typeof groups
      mending: typeof mending
      notices: typeof notices
      pipeline: typeof pipeline
      'question-results': typeof questionResults
      'quiz-extensions': typeof quizExtensions
      quiz: typeof quiz
      'quiz-editor': typeof quizEditor
      'quiz-marking': typeof quizMarking
      'quiz-reasons': typeof quizReasons
      reminders: typeof reminders
      reports: typeof reports
      schools: typeof schools
      search: typeof search
      settings: typeof settings
      'super-admin': typeof superAdmin
      tasks: typeof tasks
      teacher: typeof teacher
      teachers: typeof teachers
      team: typeof team
      uploads: typeof uploads
    }
  }
}
