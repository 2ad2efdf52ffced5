import { ActionIcon, Group, Select, Tooltip } from '@mantine/core'
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSettings } from '../../../../shared/contract'
import { defaultProviderSettings } from '../../../../shared/domain'
import { activeProfileOf, addProfile, chooseProfile, listProfiles, removeActiveProfile, renameProfile } from '../../../../shared/profiles'
import { useCallMutation } from '../../api/queries'
import { CommitField } from '../../components/fields/CommitField'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import classes from './Settings.module.css'
import { useSaveSettings } from './useSaveSettings'

/** Selects the active profile, and renames, adds, copies and deletes profiles. */
export function ProfileFields({ settings }: { readonly settings: AppSettings }) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  const copyKey = useCallMutation('app.copyKey')
  const [deleting, setDeleting] = useState(false)
  const active = activeProfileOf(settings)
  const profiles = listProfiles(settings)
  const add = () => {
    const profile = { ...defaultProviderSettings, kind: 'openai' as const, id: crypto.randomUUID(), name: t('profiles.new') }
    save((now) => addProfile(now, profile))
  }
  const duplicate = () => {
    const copy = { ...active, id: crypto.randomUUID(), name: t('profiles.copyOf', { name: active.name }) }
    save(
      (now) => addProfile(now, copy),
      () => copyKey.mutate({ from: active.id }),
    )
  }
  const tool = (label: string, ToolIcon: typeof IconPlus, onClick: () => void, disabled = false) => (
    <Tooltip label={label}>
      <ActionIcon size="input-sm" variant="default" aria-label={label} disabled={disabled} onClick={onClick}>
        <ToolIcon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={classes.fields}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select
          flex={1}
          label={t('profiles.label')}
          data={profiles.map(({ id, name }) => ({ value: id, label: name }))}
          value={active.id}
          allowDeselect={false}
          onChange={(id) => id && save((now) => chooseProfile(now, id))}
        />
        {tool(t('profiles.addTitle'), IconPlus, add)}
        {tool(t('profiles.duplicate'), IconCopy, duplicate)}
        {tool(
          profiles.length === 1 ? t('profiles.removeLast') : t('profiles.remove'),
          IconTrash,
          () => setDeleting(true),
          profiles.length === 1,
        )}
      </Group>
      <CommitField
        key={active.id}
        label={t('profiles.name')}
        maxLength={60}
        value={active.name}
        check={(text) => (text ? null : t('settings.required'))}
        onCommit={(name) => save((now) => renameProfile(now, name))}
      />
      <ConfirmDialog
        opened={deleting}
        title={t('profiles.removeTitle', { name: active.name })}
        text={t('profiles.removeText')}
        action={t('profiles.remove')}
        onClose={() => setDeleting(false)}
        onConfirm={() => save(removeActiveProfile)}
      />
    </div>
  )
}
