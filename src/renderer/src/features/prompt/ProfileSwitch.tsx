import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconServer, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { activeProfileOf, chooseProfile, listProfiles } from '../../../../shared/profiles'
import { useCall } from '../../api/queries'
import { openSettings } from '../../app/state/shell'
import { useSaveSettings } from '../settings/useSaveSettings'
import classes from './Prompt.module.css'

/** Shows the provider profile that drafts, and switches to another one. */
export function ProfileSwitch() {
  const { t } = useTranslation()
  const settings = useCall('app.settings', {}).data
  const { save } = useSaveSettings()
  if (!settings) return null
  const active = activeProfileOf(settings)
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          className={classes.profile}
          title={t('profiles.switch', { name: active.name })}
          aria-label={t('profiles.switch', { name: active.name })}
          leftSection={<IconServer size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {active.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('profiles.label')}</Menu.Label>
        {listProfiles(settings).map(({ id, name }) => (
          <Menu.Item
            key={id}
            aria-current={id === active.id}
            leftSection={id === active.id ? <IconCheck size={16} aria-hidden /> : <span className={classes.noSign} />}
            onClick={() => save((now) => chooseProfile(now, id))}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => openSettings('provider')}>
          {t('profiles.manage')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
