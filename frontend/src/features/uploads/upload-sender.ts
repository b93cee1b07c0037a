/** A recording and where it belongs. */
export interface UploadOrder {
  /** The same at every attempt, so that an attempt whose answer got lost makes no second video. */
  key: string
  file: File
  courseId: string
  moduleId: string
  /** Without one the file's name serves. */
  title?: string | undefined
  /** What is spoken (ISO 639-1); found out by the server when absent. */
  language?: string | undefined
}

interface SendOptions {
  /** Ends the attempt; the promise then rejects with an AbortError. */
  signal: AbortSignal
  /** @param sentBytes of the file, all attempts together */
  onProgress: (sentBytes: number) => void
}

/** How recordings get to the server. */
export interface UploadSender {
  /** Whether another attempt goes on where the last one stopped, instead of at the beginning. */
  resumes: boolean
  /**
   * @throws NetworkError when the connection is lost, ApiError when the server refuses
   */
  send: (order: UploadOrder, options: SendOptions) => Promise<{ contentId: string }>
}
