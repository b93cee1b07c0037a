import type { Content, Course, CourseRow, Module } from './queries'

const CREATED = '2026-01-15T08:00:00.000Z'

/** A course of the list, for tests. */
export const makeCourseRow = (over: Partial<CourseRow> = {}): CourseRow => ({
  id: 'course-1',
  title: 'Reading aloud',
  slug: 'reading-aloud',
  description: 'How to choose a book.',
  thumbnail_url: null,
  is_mandatory: false,
  deadline: null,
  estimated_hours: null,
  is_published: true,
  assigned_to_all: true,
  assigned_groups: [],
  assigned_teachers: [],
  module_count: 2,
  content_count: 2,
  assigned_teacher_count: 12,
  completion_rate: 41.7,
  version: 3,
  created_at: CREATED,
  updated_at: CREATED,
  deleted_at: null,
  ...over,
})

export const makeAuthoredContent = (over: Partial<Content> = {}): Content => ({
  id: 'content-1',
  title: 'What makes a good book',
  content_type: 'TEXT',
  order: 1,
  is_mandatory: true,
  url: null,
  file_url: null,
  text: '<p>Rhythm.</p>',
  duration_seconds: null,
  required_coverage: null,
  video_status: null,
  created_at: CREATED,
  updated_at: CREATED,
  ...over,
})

export const makeModule = (over: Partial<Module> = {}): Module => ({
  id: 'module-1',
  title: 'Before the lesson',
  description: '',
  order: 1,
  contents: [makeAuthoredContent()],
  ...over,
})

/** A course with everything in it. */
export const makeAuthoredCourse = (over: Partial<Course> = {}): Course => ({
  ...makeCourseRow({ is_published: false }),
  modules: [
    makeModule(),
    makeModule({
      id: 'module-2',
      title: 'In the classroom',
      contents: [
        makeAuthoredContent({
          id: 'content-2',
          title: 'A list of books',
          content_type: 'LINK',
          text: null,
          url: 'https://example.org/books',
        }),
      ],
    }),
  ],
  ...over,
})
