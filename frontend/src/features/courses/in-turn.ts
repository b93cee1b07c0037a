const last = new Map<string, Promise<unknown>>()

/**
 * Runs what changes one course one after the other: each request names the version of the course that
 * the one before has left behind, so that our own requests never look like somebody else's.
 */
export function inTurn<T>(courseId: string, task: () => Promise<T>): Promise<T> {
  const before = last.get(courseId) ?? Promise.resolve()
  const run = before.then(task, task)
  last.set(courseId, run)
  const forget = () => {
    if (last.get(courseId) === run) last.delete(courseId)
  }
  run.then(forget, forget)
  return run
}
