import { Link } from 'react-router'
import { Avatar } from '@/components/ui/avatar'
import { paths } from '@/config/paths'

interface PersonNameProps {
  person: {
    id: string
    first_name: string
    last_name: string
    email: string
    profile_picture_url?: string | null
  }
}

/** What to call somebody; who has no name yet is known by their address. */
export const fullName = ({ first_name, last_name, email }: PersonNameProps['person']): string =>
  `${first_name} ${last_name}`.trim() || email

/** Somebody in a list of administrators: face, name that leads to their page, address. */
export function PersonName({ person }: PersonNameProps) {
  const name = fullName(person)
  return (
    <span className="flex items-center gap-3 sm:min-w-60">
      <Avatar name={name} src={person.profile_picture_url} />
      <span className="min-w-0">
        <Link
          to={paths.teacher(person.id)}
          className="inline-flex min-h-6 items-center font-semibold wrap-anywhere text-brand-strong underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <span className="block text-sm font-normal wrap-anywhere text-ink-soft">
          {person.email}
        </span>
      </span>
    </span>
  )
}
