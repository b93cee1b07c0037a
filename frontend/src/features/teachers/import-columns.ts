/** The columns that an import knows, as the template has them. */
export const REQUIRED_COLUMNS = ['email', 'first_name', 'last_name'] as const
export const OPTIONAL_COLUMNS = [
  'role',
  'department',
  'designation',
  'employee_id',
  'subjects',
  'grades',
  'groups',
  'date_of_joining',
] as const

type ImportColumn = (typeof REQUIRED_COLUMNS | typeof OPTIONAL_COLUMNS)[number]

const COLUMNS: readonly ImportColumn[] = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS]

/** A column by the name that the server gives it; undefined for the row as a whole. */
export const columnNamed = (name: string): ImportColumn | undefined =>
  COLUMNS.find((column) => column === name)

/** Somebody as they are written, so that nobody has to guess. */
const EXAMPLE: Record<ImportColumn, string> = {
  email: 'maria.garcia@example.org',
  first_name: 'María',
  last_name: 'García',
  role: 'TEACHER',
  department: 'Science',
  designation: 'Class teacher',
  employee_id: 'E-1001',
  subjects: 'Physics|Chemistry',
  grades: '7|8',
  groups: '',
  date_of_joining: '2024-08-15',
}

/** A file to be filled in. The mark at its beginning tells spreadsheets that it is UTF-8. */
export function makeTemplate(): Blob {
  const lines = [COLUMNS.join(','), COLUMNS.map((column) => EXAMPLE[column]).join(',')]
  return new Blob(['\uFEFF', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' })
}
