import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly opened: boolean
  readonly title: string
  readonly text: string
  /** Label of the confirm button. */
  readonly action: string
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** Dialog that asks for confirmation before an action that cannot be undone. */
export function ConfirmDialog({ opened, title, text, action, onClose, onConfirm }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack>
        <Text>{text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onClose()
              onConfirm()
            }}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
