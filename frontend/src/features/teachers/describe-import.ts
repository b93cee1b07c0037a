import i18n, { type TFunction } from 'i18next'
import { describeError } from '@/lib/api/describe-error'
import { ApiError, type FieldProblem } from '@/lib/api/problem'
import { columnNamed } from './import-columns'
import type { RowProblem } from './import-queries'

const ROW_CODES = [
  'required',
  'duplicate',
  'taken',
  'unknown',
  'too_long',
  'too_many_cells',
  'plan_limit',
] as const

/** The server's sentence names the group and the other row, but it is an English one. */
const isEnglish = () => (i18n.resolvedLanguage ?? 'en') === 'en'

/** What is wrong with a row. */
export function describeRowProblem(
  { field, code, message }: RowProblem,
  t: TFunction<'teachers'>,
): string {
  const known = ROW_CODES.find((each) => each === code) ?? 'invalid'
  const column = columnNamed(field)
  const name = column ? t(`field.${column}`) : t('import.thisRow')
  if (!isEnglish()) return t(`import.rowProblem.${known}`, { column: name })
  return column && known === 'invalid' ? `${name}: ${message}` : message
}

const FILE_CODES = ['empty', 'too_long', 'duplicate', 'required'] as const

/** `csv.first_name` -> `first_name`: what the column is called in a file. */
const columnsOf = (problems: readonly FieldProblem[]): string =>
  problems.map(({ field }) => field.split('.').at(-1) ?? field).join(', ')

/** Why a file is no table of people. */
export function describeImportError(
  error: unknown,
  t: TFunction<'teachers'>,
  tCommon: TFunction<'common'>,
): string {
  if (!(error instanceof ApiError)) return describeError(error, tCommon)
  if (error.status === 413) return t('import.fileProblem.too_large')
  const [first] = error.fields
  if (error.status !== 400 || !first) return describeError(error, tCommon)
  const code = FILE_CODES.find((each) => each === first.code) ?? 'invalid'
  return t(`import.fileProblem.${code}`, { columns: columnsOf(error.fields) })
}
