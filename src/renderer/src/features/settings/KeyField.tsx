import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCallMutation } from '../../api/queries'

/** Field for the API key, which can be entered and removed but never read. Shows where it is stored. */
export function KeyField({ local }: { readonly local: boolean }) {
  const { t } = useTranslation()
  const [key, setKey] = useState('')
  const status = useCall('app.keyStatus', {}).data
  const onSuccess = () => setKey('')
  const save = useCallMutation('app.saveKey', { onSuccess })
  const forget = useCallMutation('app.forgetKey', { onSuccess })
  if (!status) return null
  const own = status.present === 'stored' || status.present === 'memory'
  const submit = () => {
    if (key.trim()) save.mutate({ key: key.trim() })
  }
  return (
    <Stack gap={4}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <PasswordInput
          flex={1}
          label={t('settings.key')}
          placeholder={t('settings.keyPlaceholder')}
          leftSection={<IconKey size={16} aria-hidden />}
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          value={key}
          visibilityToggleButtonProps={{ 'aria-label': t('settings.showKey'), tabIndex: 0 }}
          onChange={(event) => setKey(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') submit()
          }}
        />
        <Button variant="default" disabled={!key.trim()} loading={save.isPending} onClick={submit}>
          {t('settings.saveKey')}
        </Button>
        {own && (
          <Button variant="subtle" color="gray" loading={forget.isPending} onClick={() => forget.mutate({})}>
            {t('settings.forgetKey')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" role="status">
        {t(`settings.keyStates.${status.present}`)} {!own && t(`settings.keyStorage.${status.storage}`)}{' '}
        {local && !own && t('settings.keyForLocal')}
      </Text>
    </Stack>
  )
}
