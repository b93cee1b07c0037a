import { queryOptions } from '@tanstack/react-query'
import { type Answer, getTeacherImport, importTeachers } from '@/lib/api/operations'

export type TeacherImport = Answer<typeof getTeacherImport<true>>
export type ImportedRow = TeacherImport['rows'][number]
export type RowProblem = ImportedRow['errors'][number]

export const importQuery = (importId: string) =>
  queryOptions({
    // Not among what is asked anew when people change: only the first answer knows every address.
    queryKey: ['teacher-import', importId],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await getTeacherImport({ path: { import_id: importId }, signal })).data,
  })

/** The most that the API takes as a name, in characters. */
const MOST_NAME = 120

/** The text of a file as spreadsheets write them: UTF-8, or else what Windows wrote before. */
async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Says what a file would do, or does it. */
export async function sendImport(file: File, dryRun: boolean): Promise<TeacherImport> {
  const body = {
    csv: await readText(file),
    file_name: file.name.slice(-MOST_NAME),
    dry_run: dryRun,
  }
  return (await importTeachers({ body })).data
}
