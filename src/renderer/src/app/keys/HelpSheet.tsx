import { Button, Modal, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { actions, actionSchema, clashes, keysOf, type Action } from '../../../../shared/keymap'
import { useCall } from '../../api/queries'
import { closeOverlay } from '../state/shell'
import { startTour } from '../state/tour'
import { keyText } from './keyText'
import classes from './keys.module.css'
import { useKeymap } from './useActions'

const groups = ['decide', 'browse', 'media', 'window'] as const

/** All keys of the window as they are set now, drawn from the keymap. */
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
  const claimed = (action: Action) => keysOf(action, keymap).some((key) => clashing.has(key))
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
                  <KeyRow key={action} name={t(`keys.actions.${action}`)} keys={keysOf(action, keymap)} clash={claimed(action)} />
                ))}
              {group === 'decide' && <KeyRow name={t('keys.reasons')} keys={['1 … 8']} />}
            </dl>
          </div>
        ))}
      </div>
    </Stack>
  )
}

function KeyRow({ name, keys, clash = false }: { readonly name: string; readonly keys: readonly string[]; readonly clash?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={classes.row}>
      <dt>
        {name}
        {clash && (
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
