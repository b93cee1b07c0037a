import {
  ArrowRightStartOnRectangleIcon,
  ChevronDownIcon,
  UserCircleIcon,
} from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Avatar } from '@/components/ui/avatar'
import { Menu } from '@/components/ui/menu'
import { paths } from '@/config/paths'
import { displayName, portalOf } from '@/lib/auth/roles'
import { useSessionStore } from '@/lib/auth/session-store'

interface AccountMenuProps {
  onSignOut: () => void
}

export function AccountMenu({ onSignOut }: AccountMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const user = useSessionStore((state) => state.user)
  if (!user) return null
  return (
    <Menu
      label={t('account.menu')}
      trigger={
        <>
          <Avatar name={displayName(user)} src={user.profile_picture_url} />
          <span className="sr-only">{t('account.button')} </span>
          <span className="max-w-36 truncate max-xl:sr-only">{displayName(user)}</span>
          <ChevronDownIcon aria-hidden="true" className="size-5 text-ink-soft max-sm:hidden" />
        </>
      }
      items={[
        {
          id: 'profile',
          label: t('account.profile'),
          icon: UserCircleIcon,
          onAction: () => void navigate(paths.profile(portalOf(user))),
        },
        {
          id: 'sign-out',
          label: t('account.signOut'),
          icon: ArrowRightStartOnRectangleIcon,
          onAction: onSignOut,
        },
      ]}
    />
  )
}
