import { isStatus, isTransient } from './api/problem'

/** Where what is on the screen stands. */
export type SaveState =
  /** On the server as it is here; `at` is null when nothing was changed yet. */
  | { kind: 'saved'; at: Date | null }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** `retries`: it is tried again by itself. Otherwise it waits for another value or a click. */
  | { kind: 'failed'; error: unknown; retries: boolean }
  /** Somebody else was faster (412). Nothing is sent until the person has decided. */
  | { kind: 'conflict'; error: unknown }

export interface SaveContext {
  /** The person has seen that somebody else changed it, and wants their own: send no `If-Match`. */
  overwrite: boolean
}

export type Save<T> = (value: T, context: SaveContext) => Promise<unknown>

/** Between tries that the network failed, in milliseconds: the first pause, and the longest. */
const SHORTEST_MS = 2000
const LONGEST_MS = 60_000

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * Keeps one value on the server while somebody edits it: a moment after the last change, one request
 * at a time, so that an older value never overtakes a newer one.
 */
export class Autosaver<T> {
  private state: SaveState = { kind: 'saved', at: null }
  private value: T
  /** What the server has. */
  private kept: T
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | null = null
  private pauseMs = SHORTEST_MS
  private readonly listeners = new Set<() => void>()
  private save: Save<T>
  private delayMs: number
  private readonly isTheirs: () => boolean

  /** @param isTheirs whether who edited it is still the one whom a request would go out for */
  constructor(value: T, save: Save<T>, delayMs: number, isTheirs: () => boolean = () => true) {
    this.value = value
    this.kept = value
    this.save = save
    this.delayMs = delayMs
    this.isTheirs = isTheirs
  }

  readonly getState = (): SaveState => this.state

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify)
    return () => this.listeners.delete(notify)
  }

  /** What to do from now on; a new closure with every render of the page. */
  use(save: Save<T>, delayMs: number): void {
    this.save = save
    this.delayMs = delayMs
  }

  /** The person has changed it. */
  change(value: T): void {
    if (same(value, this.value)) return
    this.value = value
    if (this.state.kind === 'conflict') return
    this.pauseMs = SHORTEST_MS
    if (!this.running) this.show(this.isDirty() ? { kind: 'unsaved' } : { kind: 'saved', at: null })
    this.sendIn(this.delayMs)
  }

  /** The server's value is on the screen now, as after a reload. */
  readonly reset = (value: T): void => {
    this.cancel()
    this.value = value
    this.kept = value
    this.show({ kind: 'saved', at: null })
  }

  /**
   * Saves now what is not saved yet.
   *
   * @returns whether the server has everything
   */
  readonly flush = async (): Promise<boolean> => {
    this.cancel()
    if (this.running) await this.running
    if (this.state.kind !== 'conflict' && this.isDirty()) await this.send(false)
    return !this.isDirty()
  }

  /** In a conflict: the person's own value stays. */
  readonly overwrite = async (): Promise<boolean> => {
    this.cancel()
    if (this.running) await this.running
    await this.send(true)
    return !this.isDirty()
  }

  isDirty(): boolean {
    return !same(this.value, this.kept)
  }

  /** Forgets what was to come. */
  cancel(): void {
    clearTimeout(this.timer)
  }

  private sendIn(ms: number): void {
    this.cancel()
    this.timer = setTimeout(() => {
      // While one is on its way, the next is sent when it has arrived.
      if (!this.running && this.isDirty() && this.state.kind !== 'conflict') void this.send(false)
    }, ms)
  }

  private send(overwrite: boolean): Promise<void> {
    this.running = this.sendOnce(overwrite).finally(() => {
      this.running = null
      if (this.state.kind === 'unsaved') this.sendIn(this.delayMs)
    })
    return this.running
  }

  private async sendOnce(overwrite: boolean): Promise<void> {
    // It waited for the network, and somebody else sits at this computer by now.
    if (!this.isTheirs()) return
    const sent = this.value
    this.show({ kind: 'saving' })
    try {
      await this.save(sent, { overwrite })
    } catch (error) {
      this.fail(error)
      return
    }
    this.kept = sent
    this.pauseMs = SHORTEST_MS
    this.show(this.isDirty() ? { kind: 'unsaved' } : { kind: 'saved', at: new Date() })
  }

  private fail(error: unknown): void {
    if (isStatus(error, 412)) {
      this.show({ kind: 'conflict', error })
      return
    }
    const retries = isTransient(error) || isStatus(error, 429)
    this.show({ kind: 'failed', error, retries })
    if (!retries) return
    this.sendIn(this.pauseMs)
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_MS)
  }

  private show(state: SaveState): void {
    this.state = state
    for (const notify of this.listeners) notify()
  }
}
