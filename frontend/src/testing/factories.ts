import type {
  Content,
  Course,
  CourseSummary,
  SchoolStats,
  Theme,
  Transcript,
  User,
} from '@/lib/api/operations'

export const theme: Theme = {
  name: 'Greenfield Academy',
  subdomain: 'demo',
  logo_url: null,
  primary_color: '#1d4ed8',
  secondary_color: '#0f766e',
  font_family: 'Inter',
}

const CREATED = '2026-01-15T08:00:00.000Z'

export const makeUser = (over: Partial<User> = {}): User => ({
  id: '01920000-0000-7000-8000-000000000001',
  email: 'amina@greenfield.test',
  first_name: 'Amina',
  last_name: 'Okafor',
  role: 'TEACHER',
  tenant_id: '01920000-0000-7000-8000-0000000000aa',
  employee_id: '',
  subjects: [],
  grades: [],
  department: '',
  designation: '',
  bio: '',
  profile_picture_url: null,
  date_of_joining: null,
  is_active: true,
  email_verified: true,
  must_change_password: false,
  created_at: CREATED,
  ...over,
})

export const makeCourse = (over: Partial<CourseSummary> = {}): CourseSummary => ({
  id: 'course-1',
  title: 'Formative assessment',
  slug: 'formative-assessment',
  description: 'Checks that help.',
  thumbnail_url: null,
  is_mandatory: false,
  deadline: null,
  estimated_hours: null,
  is_published: true,
  assigned_to_all: true,
  assigned_groups: [],
  assigned_teachers: [],
  module_count: 1,
  content_count: 3,
  assigned_teacher_count: null,
  completion_rate: null,
  version: 1,
  created_at: CREATED,
  updated_at: CREATED,
  progress: {
    completed_content_count: 1,
    total_content_count: 3,
    percentage: 33.3,
    is_started: true,
    is_complete: false,
  },
  ...over,
})

export const makeContent = (over: Partial<Content> = {}): Content => ({
  id: 'content-1',
  title: 'Why check at all',
  content_type: 'VIDEO',
  order: 1,
  is_mandatory: true,
  url: null,
  file_url: null,
  text: null,
  duration_seconds: 133,
  required_coverage: 90,
  video_status: 'READY',
  created_at: CREATED,
  updated_at: CREATED,
  status: 'NOT_STARTED',
  coverage: 0,
  watched: [],
  resume_seconds: 0,
  hls_url: '/media/grant/master.m3u8',
  captions_url: '/media/grant/captions.vtt',
  thumbnail_url: null,
  storyboard_url: null,
  playback_expires_at: '2026-01-15T12:00:00.000Z',
  ...over,
})

export const makeCourseDetail = (contents: Content[], over: Partial<Course> = {}): Course => ({
  ...makeCourse(),
  modules: [{ id: 'module-1', title: 'First steps', description: '', order: 1, contents }],
  ...over,
})

export const makeTranscript = (over: Partial<Transcript> = {}): Transcript => ({
  content_id: 'content-1',
  language: 'en',
  full_text: 'One. Two. Three.',
  segments: [
    { start: 1, end: 4, text: 'One.' },
    { start: 4, end: 65, text: 'Two.' },
    { start: 65, end: 70, text: 'Three.' },
  ],
  vtt_url: '/media/grant/captions.vtt',
  generated_at: CREATED,
  ...over,
})

export const makeStats = (): SchoolStats => ({
  teachers: { active: 12, invited: 3, inactive: 1, limit: 50 },
  courses: { total: 4, published: 2, limit: 20 },
  groups: 2,
  average_completion: 41.7,
  overdue: 1,
  pending_gradings: 0,
  storage: { used_bytes: 1_500_000, limit_bytes: 5_000_000_000 },
  video_seconds_limit: 3600,
  trial_ends_on: null,
})

/** The start page of a teacher to whom nothing is assigned. */
export const emptyDashboard = {
  stats: { overall_progress: 0, total_courses: 0, completed_courses: 0, pending_assignments: 0 },
  continue_learning: null,
  deadlines: [],
}
