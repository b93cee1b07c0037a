import type { VideoAsset, VideoStep } from './queries'

export type StageName =
  'uploaded' | 'checked' | 'converted' | 'thumbnail' | 'captions' | 'quiz' | 'ready'

/** `notReached`: something before it failed, so it is not waited for. */
export type StageState =
  'waiting' | 'queued' | 'running' | 'done' | 'failed' | 'skipped' | 'cancelled' | 'notReached'

export interface Stage {
  name: StageName
  state: StageState
  /** 0 to 100 while it runs. */
  percent: number
  /** The step of the pipeline behind it; the upload itself is none. */
  step: VideoStep | null
}

const STAGES: readonly [StageName, VideoStep['name']][] = [
  ['checked', 'VALIDATE'],
  ['converted', 'TRANSCODE'],
  ['thumbnail', 'THUMBNAIL'],
  ['captions', 'TRANSCRIBE'],
  ['quiz', 'ASSIGNMENTS'],
  ['ready', 'FINALIZE'],
]

const STATES: Record<VideoStep['state'], StageState> = {
  PENDING: 'waiting',
  QUEUED: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'done',
  FAILED: 'failed',
  SKIPPED: 'skipped',
  CANCELLED: 'cancelled',
}

function stateOf(
  step: VideoStep | undefined,
  { status, error_code: code }: VideoAsset,
): StageState {
  const state = step ? STATES[step.state] : 'waiting'
  if (status !== 'FAILED') return state
  // What a failure takes along is cancelled, too; only a person's cancelling is called so.
  const isTakenAlong = state === 'cancelled' && code !== 'cancelled'
  return state === 'waiting' || isTakenAlong ? 'notReached' : state
}

/** What has to be told about: every failure, and a cancelling once. */
export function problemsOf(asset: VideoAsset): Stage[] {
  const stages = stagesOf(asset)
  const failed = stages.filter(({ state }) => state === 'failed')
  const cancelled = stages.find(({ state }) => state === 'cancelled')
  return cancelled ? [...failed, cancelled] : failed
}

/** A video's way in the words and the order in which people are told about it. */
export function stagesOf(asset: VideoAsset): Stage[] {
  const uploaded: Stage = {
    name: 'uploaded',
    state: asset.status === 'UPLOADING' ? 'running' : 'done',
    percent: 0,
    step: null,
  }
  return [
    uploaded,
    ...STAGES.map(([name, stepName]): Stage => {
      const step = asset.steps.find((each) => each.name === stepName)
      return {
        name,
        state: stateOf(step, asset),
        percent: step?.progress ?? 0,
        step: step ?? null,
      }
    }),
  ]
}

/** Failures that the same file would meet again. */
const FAULTS_OF_THE_FILE = new Set(['not_a_video', 'too_large', 'unsupported', 'too_long'])

/** Whether another file helps where another try does not. A plan may grow, so "too long" may be tried again. */
export const needsOtherFile = (code: string | null): boolean => FAULTS_OF_THE_FILE.has(code ?? '')
export const mayHelpToRetry = (code: string | null): boolean =>
  code === 'too_long' || !needsOtherFile(code)
