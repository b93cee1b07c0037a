import type account from './locales/en/account.json'
import type admin from './locales/en/admin.json'
import type auth from './locales/en/auth.json'
import type common from './locales/en/common.json'
import type notices from './locales/en/notices.json'
import type superAdmin from './locales/en/super-admin.json'
import type teacher from './locales/en/teacher.json'

// A key that is not in the catalogue is a compile error.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      auth: typeof auth
      account: typeof account
      notices: typeof notices
      teacher: typeof teacher
      admin: typeof admin
      'super-admin': typeof superAdmin
    }
  }
}
