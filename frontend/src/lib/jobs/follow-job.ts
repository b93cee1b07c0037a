import { type Answer, getJob } from '../api/operations'
import { isTransient } from '../api/problem'

export type Job = Answer<typeof getJob<true>>

/** Between two looks, in milliseconds: short jobs are noticed soon, long ones are not asked about all the time. */
const FIRST_MS = 400
const LONGEST_MS = 5000
/** So many looks in a row may find no server. */
const PATIENCE = 20

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms)
  })

/** The server could not do what was asked for. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed'
}

/**
 * Looks at a job until it has ended.
 *
 * @param onProgress told after every look, 0 to 1
 * @throws JobFailed; ApiError when it may not be looked at (any more); NetworkError
 */
export async function followJob(job: Job, onProgress: (progress: number) => void): Promise<Job> {
  let [latest, wait, misses] = [job, FIRST_MS, 0]
  while (latest.status === 'QUEUED' || latest.status === 'RUNNING') {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await pause(wait)
    wait = Math.min(wait * 1.5, LONGEST_MS)
    try {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      latest = (await getJob({ path: { job_id: latest.id } })).data
      misses = 0
      onProgress(latest.progress)
    } catch (error) {
      misses += 1
      if (!isTransient(error) || misses > PATIENCE) throw error
    }
  }
  if (latest.status === 'FAILED') throw new JobFailed(latest.error ?? '')
  return latest
}
