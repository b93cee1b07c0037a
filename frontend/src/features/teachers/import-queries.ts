import { queryOptions } from '@tanstack/react-query'
import { type Answer, getTeacherImport, importTeachers } from '@/lib/api/operations'

export type TeacherImport = Answer<typeof getTeacherImport<true>>
export type ImportedRow = TeacherImport['rows'][number]
export type RowProblem = ImportedRow['errors'][number]

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['teachers', 'import', importId],
    queryFn: async ({ signal }) =>
      (await getTeacherImport({ path: { import_id: importId }, signal })).data,
  })

/** Says what a file would do, or does it. The server finds out by itself how the file is encoded. */
export async function sendImport(file: File, dryRun: boolean): Promise<TeacherImport> {
  const form = new FormData()
  form.append('dry_run', String(dryRun))
  form.append('file', file)
  const { data } = await importTeachers({
    // The operation takes a form too, of which its type does not know.
    body: form as never,
    bodySerializer: (body: unknown) => body,
    // With its boundary, which only the browser knows.
    headers: { 'Content-Type': null },
  })
  return data
}
