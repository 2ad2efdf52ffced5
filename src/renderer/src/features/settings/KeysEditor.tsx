import { ActionIcon, Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actionSchema, clashes, keysOf, type Action, type KeymapOverrides } from '../../../../shared/keymap'
import { keyText } from '../../app/keys/keyText'
import { KeyButton } from './KeyButton'
import { withKey, withoutOverride } from './changeKeys'
import { useSaveSettings } from './useSaveSettings'
import classes from './Settings.module.css'

const MOST_KEYS = 4

/** Editor of all actions and their keys: changes keys, shows conflicts, and restores the defaults. */
export function KeysEditor({ keymap }: { readonly keymap: KeymapOverrides }) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  const clashing = clashes(keymap)
  const change = (keys: KeymapOverrides) => save({ keys })
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {t('settings.keysHint')}
        </Text>
        <Button size="xs" variant="default" flex="none" disabled={Object.keys(keymap).length === 0} onClick={() => change({})}>
          {t('settings.resetKeys')}
        </Button>
      </Group>
      <Table verticalSpacing={4} className={classes.keys}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('settings.action')}</Table.Th>
            <Table.Th scope="col">{t('settings.keyColumn')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {actionSchema.options.map((action) => (
            <ActionRow key={action} action={action} keymap={keymap} clashing={clashing} onChange={change} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

interface RowProps {
  readonly action: Action
  readonly keymap: KeymapOverrides
  readonly clashing: ReadonlyMap<string, readonly Action[]>
  readonly onChange: (keymap: KeymapOverrides) => void
}

function ActionRow({ action, keymap, clashing, onChange }: RowProps) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const name = t(`keys.actions.${action}`)
  const keys = keysOf(action, keymap)
  const others = [...new Set(keys.flatMap((key) => clashing.get(key) ?? []))].filter((other) => other !== action)
  const put = (old: string | null, key: string | null) => onChange(withKey(keymap, action, old, key))
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {name}
      </Table.Th>
      <Table.Td>
        <Group gap={4}>
          {keys.map((key) => (
            <KeyButton
              key={key}
              label={t('settings.changeKey', { key: keyText(key), action: name })}
              text={keyText(key)}
              onKey={(next) => put(key, next)}
              {...(keys.length > 1
                ? { onRemove: () => put(key, null), removeLabel: t('settings.removeKey', { key: keyText(key), action: name }) }
                : {})}
            />
          ))}
          {adding && (
            <KeyButton
              label={t('settings.addKey', { action: name })}
              text=""
              startCapturing
              onKey={(key) => put(null, key)}
              onEnd={() => setAdding(false)}
            />
          )}
          {!adding && keys.length < MOST_KEYS && (
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('settings.addKey', { action: name })}
              onClick={() => setAdding(true)}
            >
              <IconPlus size={14} aria-hidden />
            </ActionIcon>
          )}
          {keymap[action] && (
            <Tooltip label={t('settings.resetKey', { action: name })}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('settings.resetKey', { action: name })}
                onClick={() => onChange(withoutOverride(keymap, action))}
              >
                <IconArrowBackUp size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        {others.length > 0 && (
          <Group gap={4} role="alert" className={classes.clash}>
            <IconAlertTriangle size={14} aria-hidden />
            {t('settings.clash', { actions: others.map((other) => t(`keys.actions.${other}`)).join(', ') })}
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
