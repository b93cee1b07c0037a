import type {
  Answer,
  getPlatformStats,
  getSchool,
  getSchoolUsage,
  listTroubledSteps,
} from '@/lib/api/operations'

type School = Answer<typeof getSchool<true>>
type Usage = Answer<typeof getSchoolUsage<true>>
type Stats = Answer<typeof getPlatformStats<true>>
type TroubledStep = Answer<typeof listTroubledSteps<true>>['results'][number]

const GIB = 1024 ** 3

/** A school as operators see it. */
export const makeSchool = (over: Partial<School> = {}): School => ({
  id: 'school-1',
  name: 'Ferndale',
  subdomain: 'ferndale',
  status: 'TRIAL',
  is_active: true,
  is_trial: true,
  trial_ends_on: '2026-12-24',
  plan: 'STARTER',
  limits: { teachers: 50, courses: 50, storage_bytes: 50 * GIB, video_seconds: 3600 },
  features: {
    QUIZ_GENERATION: true,
    REMOTE_QUIZ_GENERATION: false,
    REPORTS_PDF: true,
    CUSTOM_DOMAIN: false,
  },
  usage: { teachers: 45, courses: 50, storage_bytes: 2 * GIB },
  admin_email: 'grace@ferndale.test',
  teacher_count: 45,
  course_count: 50,
  notes: '',
  suspension_reason: '',
  created_at: '2026-01-15T08:00:00.000Z',
  ...over,
})

export const makeUsage = (school = makeSchool()): Usage => ({
  tenant_id: school.id,
  limits: school.limits,
  usage: school.usage,
  user_count: 47,
  admin_count: 2,
  active_user_count: 31,
  group_count: 4,
  video_count: 12,
  video_seconds: 7500,
  last_sign_in_at: null,
})

/** Thirty days on each of which one person signed in. */
export const makePlatformStats = (over: Partial<Stats> = {}): Stats => ({
  total_tenants: 7,
  active_tenants: 5,
  trial_tenants: 2,
  suspended_tenants: 1,
  total_users: 120,
  total_teachers: 110,
  storage_bytes: 3 * GIB,
  video_seconds: 7500,
  plan_distribution: { FREE: 1, STARTER: 4, PRO: 2, ENTERPRISE: 0 },
  recent_onboards: [
    {
      id: 'school-1',
      name: 'Ferndale',
      subdomain: 'ferndale',
      plan: 'STARTER',
      is_active: true,
      is_trial: true,
      created_at: '2026-01-15T08:00:00.000Z',
    },
  ],
  schools_near_limits: [
    {
      id: 'school-2',
      name: 'Lakeside',
      subdomain: 'lakeside',
      resource: 'storage_bytes',
      used: 9 * GIB,
      maximum: 10 * GIB,
      percentage: 90,
    },
  ],
  activity: Array.from({ length: 30 }, (_, day) => ({
    date: `2026-01-${String(day + 1).padStart(2, '0')}`,
    new_schools: 0,
    new_users: day === 29 ? 1 : 0,
    sign_ins: 1,
    active_users: 1,
    videos: 0,
  })),
  pipeline: { queued: 3, running: 1, failed: 2 },
  ...over,
})

export const makeTroubledStep = (over: Partial<TroubledStep> = {}): TroubledStep => ({
  id: 'step-1',
  tenant_id: 'school-1',
  subdomain: 'ferndale',
  content_id: 'content-1',
  content_title: 'Reading aloud',
  name: 'TRANSCODE',
  state: 'FAILED',
  attempt: 3,
  failures: 3,
  lost_leases: 0,
  since: '2026-01-15T08:00:00.000Z',
  error: 'The picture stops in the middle.',
  error_code: 'transcode_failed',
  log: 'moov atom not found',
  ...over,
})

export const pageOf = <T>(results: T[], count = results.length) => ({
  count,
  next: null,
  previous: null,
  results,
})
