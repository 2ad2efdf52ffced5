import { Button, Code, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/queries'

/** Button that shows the licenses of all parts of the program. */
export function Licenses() {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const text = useCall('app.notices', {}, { enabled: opened }).data
  return (
    <>
      <Button variant="default" size="xs" w="fit-content" onClick={open}>
        {t('settings.licenses')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('settings.licenses')}
        size="xl"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Code block tabIndex={0} mah="70vh" style={{ overflow: 'auto', whiteSpace: 'pre-wrap' }} aria-label={t('settings.licenses')}>
          {text}
        </Code>
      </Modal>
    </>
  )
}
