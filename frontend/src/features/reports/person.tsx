import { Link } from 'react-router'
import { paths } from '@/config/paths'

interface PersonProps {
  row: { teacher_id: string; teacher_name: string; teacher_email: string; department: string }
}

/** Who a row is about, leading to everything about them. */
export function Person({ row }: PersonProps) {
  return (
    <>
      <Link
        to={paths.teacher(row.teacher_id)}
        className="inline-flex min-h-6 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
      >
        {row.teacher_name || row.teacher_email}
      </Link>
      {row.department && (
        <span className="block text-sm font-normal text-ink-soft">{row.department}</span>
      )}
    </>
  )
}
