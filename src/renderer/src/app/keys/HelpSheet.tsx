import { Button, Modal, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actions, actionSchema, clashes, keysOf, type Action } from '../../../../shared/keymap'
import { useCall } from '../../api/queries'
import { closeOverlay } from '../state/shell'
import { startTour } from '../state/tour'
import { availableActions } from './keyScopes'
import { keyText } from './keyText'
import classes from './keys.module.css'
import { useKeymap } from './useActions'

const groups = ['decide', 'browse', 'media', 'window'] as const

/** All keys of the window as they are set now, drawn from the keymap; those that do nothing here are dimmed. */
export function HelpSheet({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <KeyLists />
    </Modal>
  )
}

function KeyLists() {
  const { t } = useTranslation()
  const keymap = useKeymap()
  const hasProject = Boolean(useCall('project.current', {}).data)
  const clashing = clashes(keymap)
  const isClaimed = (action: Action) => keysOf(action, keymap).some((key) => clashing.has(key))
  const [available] = useState(() => new Set(availableActions()))
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('keys.note')}
      </Text>
      {hasProject && (
        <div>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              closeOverlay()
              startTour()
            }}
          >
            {t('comfort.tour.again')}
          </Button>
        </div>
      )}
      <div className={classes.groups}>
        {groups.map((group) => (
          <div key={group}>
            <Title order={3} mb="xs">
              {t(`keys.groups.${group}`)}
            </Title>
            <dl className={classes.list}>
              {actionSchema.options
                .filter((action) => actions[action].group === group)
                .map((action) => (
                  <KeyRow
                    key={action}
                    name={t(`keys.actions.${action}`)}
                    keys={keysOf(action, keymap)}
                    isAvailable={available.has(action)}
                    clashes={isClaimed(action)}
                  />
                ))}
            </dl>
          </div>
        ))}
      </div>
    </Stack>
  )
}

interface RowProps {
  readonly name: string
  readonly keys: readonly string[]
  readonly isAvailable: boolean
  readonly clashes: boolean
}

function KeyRow({ name, keys, isAvailable, clashes: doesClash }: RowProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.row} data-available={isAvailable}>
      <dt>
        {name}
        {!isAvailable && <VisuallyHidden component="span"> ({t('keys.elsewhere')})</VisuallyHidden>}
        {doesClash && (
          <Text component="span" size="xs" c="red" ml="xs">
            {t('keys.clash')}
          </Text>
        )}
      </dt>
      <dd className={classes.keys}>
        {keys.map((key) => (
          <kbd key={key} className={classes.hint}>
            {keyText(key)}
          </kbd>
        ))}
      </dd>
    </div>
  )
}
