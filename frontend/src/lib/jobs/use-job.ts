import { useState } from 'react'
import { fetchFile, fileNameOf, type NamedFile, saveFile } from './file'
import { followJob, type Job } from './follow-job'

/** Files come as bytes: as text they would lose the mark by which spreadsheets know their encoding. */
export const AS_BYTES = { parseAs: 'blob' } as const

/** What an operation of the API answers that makes a file: the file (200), or a job (202). */
export interface FileAnswer {
  data: unknown
  response: Response
}

export type JobState =
  | { kind: 'idle' }
  /** `progress` is 0 to 1, and null while nothing is known. */
  | { kind: 'working'; progress: number | null }
  | { kind: 'failed'; error: unknown }
  | { kind: 'done'; fileName: string }

const isJob = (value: unknown): value is Job =>
  typeof value === 'object' && value !== null && 'status' in value && 'progress' in value

async function readJob(data: unknown): Promise<Job> {
  const value: unknown = data instanceof Blob ? JSON.parse(await data.text()) : data
  if (!isJob(value)) throw new Error('the answer 202 holds no job')
  return value
}

async function fetchAnswer(
  { data, response }: FileAnswer,
  fileName: string,
  onProgress: (progress: number) => void,
): Promise<NamedFile> {
  if (response.status !== 202) {
    const blob = data instanceof Blob ? data : new Blob([String(data)])
    return { blob, name: fileNameOf(response, fileName) }
  }
  const { result_url: url } = await followJob(await readJob(data), onProgress)
  if (url === null) throw new Error('the job has ended without a result')
  return fetchFile(url, fileName)
}

/**
 * Asks for a file, waits for it as long as it takes, and saves it. Goes on when the page is left, so that
 * nobody need sit and watch.
 */
export function useJob() {
  const [state, setState] = useState<JobState>({ kind: 'idle' })
  /** @returns the name of the file, or null when it failed; `state` says why */
  const run = async (
    request: () => Promise<FileAnswer>,
    fileName: string,
  ): Promise<string | null> => {
    setState({ kind: 'working', progress: null })
    try {
      const file = await fetchAnswer(await request(), fileName, (progress) =>
        setState({ kind: 'working', progress }),
      )
      saveFile(file)
      setState({ kind: 'done', fileName: file.name })
      return file.name
    } catch (error) {
      setState({ kind: 'failed', error })
      return null
    }
  }
  return { state, run }
}
