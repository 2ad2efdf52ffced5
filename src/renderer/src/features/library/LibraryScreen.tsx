import { Button, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFileImport, IconPhotoPlus, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { itemFilterSchema, type ItemFilter } from '../../../../shared/contract'
import type { ProjectInfo } from '../../../../shared/domain'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { dialogs } from '../../app/state/dialogs'
import { shell } from '../../app/state/shell'
import { ColdStartBrief } from '../coldStart/ColdStartBrief'
import { PaneEdge } from '../comfort/PaneEdge'
import { Inspector } from './Inspector'
import { ItemGrid } from './ItemGrid'
import { NextStep } from './NextStep'
import { useIsHidden, useItems } from './useItems'
import classes from './Library.module.css'

const states = itemFilterSchema.shape.state.options

/** The project's items at the left, the chosen one at the right. */
export function LibraryScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const [state, setState] = useState<ItemFilter['state']>('all')
  const [query, setQuery] = useState('')
  const [searched] = useDebouncedValue(query.trim(), 200)
  const filter = { state, ...(searched ? { query: searched } : {}) }
  const list = useItems(filter)
  const stats = useCall('project.stats', {})
  const itemId = shell.use((s) => s.itemId)
  const isHidden = useIsHidden(itemId, filter)
  const showAll = () => {
    setState('all')
    setQuery('')
  }
  const openImport = () => dialogs.set({ import: true })

  if (stats.data?.items === 0)
    return (
      <EmptyScreen icon={<IconPhotoPlus size={40} stroke={1.5} />} title={t('library.emptyTitle')} text={t('library.emptyText')}>
        <Button leftSection={<IconFileImport size={18} aria-hidden />} onClick={openImport}>
          {t('library.import')}
        </Button>
      </EmptyScreen>
    )
  return (
    <div className={classes.screen}>
      <section className={classes.list} aria-label={t('library.grid')}>
        <div className={classes.tools}>
          <TextInput
            className={classes.search}
            aria-label={t('library.search')}
            placeholder={t('library.search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            maxLength={400}
            type="search"
          />
          <SegmentedControl
            aria-label={t('library.filterLabel')}
            value={state}
            onChange={(value) => setState(itemFilterSchema.shape.state.parse(value))}
            data={states.map((value) => ({ value, label: t(`library.filter.${value}`) }))}
          />
          <Text size="sm" c="dimmed" className={`numbers ${classes.count}`} role="status">
            {list.data && t('library.count', { count: list.total })}
          </Text>
          <Button variant="default" leftSection={<IconFileImport size={18} aria-hidden />} onClick={openImport}>
            {t('library.import')}
          </Button>
        </div>
        <ColdStartBrief closed={<NextStep />} />
        {list.error ? (
          <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data && list.items.length === 0 ? (
          <EmptyScreen
            icon={<IconSearchOff size={40} stroke={1.5} />}
            title={t('library.nothingFoundTitle')}
            text={t('library.nothingFoundText')}
          >
            <Button variant="default" onClick={showAll}>
              {t('library.showAll')}
            </Button>
          </EmptyScreen>
        ) : (
          <ItemGrid
            items={list.items}
            total={list.total}
            projectUuid={project.uuid}
            chosenId={itemId}
            onChoose={(id) => shell.set({ itemId: id })}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
            }}
          />
        )}
      </section>
      <Inspector project={project} itemId={itemId} isHidden={isHidden} onShowAll={showAll} />
      <PaneEdge pane="libraryInspector" side="right" />
    </div>
  )
}
