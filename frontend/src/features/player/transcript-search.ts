import type { TranscriptSegment } from '@/lib/api/operations'

/** Without marks and capitals, so that "leccion" finds "Lección". Each letter stays one letter. */
const folded = (text: string): string =>
  [...text]
    .map((letter) => {
      const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
      return plain.length === letter.length ? plain : letter
    })
    .join('')

/** A piece of a line; `hit` when it is what was searched for. */
interface Piece {
  text: string
  hit: boolean
}

/** Indices of the lines that hold what is searched for. */
export function findLines(segments: readonly TranscriptSegment[], query: string): number[] {
  const wanted = folded(query.trim())
  if (!wanted) return []
  return segments.flatMap(({ text }, index) => (folded(text).includes(wanted) ? [index] : []))
}

/** Cuts a line where what is searched for begins and ends. */
export function piecesOf(text: string, query: string): Piece[] {
  const wanted = folded(query.trim())
  const line = folded(text)
  if (!wanted) return [{ text, hit: false }]
  const pieces: Piece[] = []
  let from = 0
  for (;;) {
    const at = line.indexOf(wanted, from)
    if (at < 0) break
    if (at > from) pieces.push({ text: text.slice(from, at), hit: false })
    pieces.push({ text: text.slice(at, at + wanted.length), hit: true })
    from = at + wanted.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hit: false })
  return pieces
}
