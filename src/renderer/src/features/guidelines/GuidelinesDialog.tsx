import { Modal, Tabs } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { guidelinesDraft } from './guidelinesDraft'
import { GuidelinesEditor } from './GuidelinesEditor'
import { GuidelineVersions } from './GuidelineVersions'

type Tab = 'write' | 'versions'

/** Dialog in which a project writes its own guidelines, previews them, and sees earlier versions. */
export function GuidelinesDialog() {
  const { t } = useTranslation()
  const opened = dialogs.use((state) => state.guidelines)
  const [tab, setTab] = useState<Tab>('write')
  const { data, error, refetch } = useCall('guidelines.get', {}, { enabled: opened })
  const take = (text: string) => {
    guidelinesDraft.set({ text })
    setTab('write')
  }
  return (
    <Modal
      opened={opened}
      onClose={() => dialogs.set({ guidelines: false })}
      title={t('guidelines.title')}
      size={1080}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Tabs value={tab} onChange={(value) => setTab(value === 'versions' ? 'versions' : 'write')} keepMounted={false}>
          <Tabs.List mb="sm" aria-label={t('guidelines.title')}>
            <Tabs.Tab value="write">{t('guidelines.write')}</Tabs.Tab>
            <Tabs.Tab value="versions">{t('guidelines.versions')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="write">
            <GuidelinesEditor current={data} />
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <GuidelineVersions current={data} onTake={take} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Modal>
  )
}
