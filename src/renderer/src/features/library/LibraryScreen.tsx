import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFileImport, IconPhotoPlus, IconSearchOff, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo, Standing } from '../../../../shared/domain'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCall } from '../../api/queries'
import { isTextField } from '../../app/keys/actionFor'
import { useKeyScope } from '../../app/keys/useActions'
import { dialogs } from '../../app/state/dialogs'
import { shell } from '../../app/state/shell'
import { ColdStartBrief } from '../coldStart/ColdStartBrief'
import { PaneEdge } from '../comfort/PaneEdge'
import { useSaveSettings } from '../settings/useSaveSettings'
import { Inspector } from './Inspector'
import { ItemGrid } from './ItemGrid'
import classes from './Library.module.css'
import { LibraryToolbar, type LibraryView } from './LibraryToolbar'
import { NextStep } from './NextStep'
import { keepShown, noSelection, selectAll, selectOne, type Selection } from './selection'
import { SelectionBar } from './SelectionBar'
import { useItemIds } from './useItems'
import { useStanding } from './useStanding'

const nothing: readonly number[] = []

/** The items of the project on the left and the details of the current one on the right. Several items can be selected. */
export function LibraryScreen({ project }: { readonly project: ProjectInfo }) {
  const { t } = useTranslation()
  const [{ query, state }, setSearch] = useState<Pick<LibraryView, 'query' | 'state'>>({ query: '', state: 'all' })
  const { save } = useSaveSettings()
  const { librarySort: sort = 'import', librarySize: size = 'medium' } = useCall('app.settings', {}).data ?? {}
  const [searched] = useDebouncedValue(query.trim(), 200)
  const list = useItemIds({ state, ...(searched ? { query: searched } : {}) }, sort)
  const stats = useCall('project.stats', {})
  const itemId = shell.use((s) => s.itemId)
  const [chosen, setChosen] = useState<Selection>(() => (itemId === null ? noSelection : selectOne(itemId)))
  const { setStanding, undo, redo } = useStanding()
  const ids = list.ids ?? nothing
  const shown = useMemo(() => new Set(ids), [ids])
  const selection = useMemo(() => keepShown(chosen, shown), [chosen, shown])
  const select = (next: Selection) => {
    setChosen(next)
    shell.set({ itemId: next.current })
  }
  const change = ({ sort: newSort, size: newSize, ...search }: Partial<LibraryView>) => {
    setSearch((before) => ({ ...before, ...search }))
    if (newSort || newSize) save({ ...(newSort && { librarySort: newSort }), ...(newSize && { librarySize: newSize }) })
  }
  const nothingLeft = list.ids?.length === 0 && state === 'all' && searched === ''
  const showAll = () => change({ state: 'all', query: '' })
  const openImport = () => dialogs.set({ import: true })
  const selected = [...selection.ids]
  // The items leave the list, so they are deselected.
  const giveStanding = (standing: Standing) => {
    setStanding(selected, standing)
    select(noSelection)
  }
  const outsideFields = (act: () => void) => (event: KeyboardEvent) => (isTextField(event.target) ? false : act())
  useKeyScope({
    level: 'screen',
    actions: { undo, redo },
    fixedKeys: {
      'Mod+A': outsideFields(() => select(selectAll(selection, ids))),
      Escape: outsideFields(() => select(noSelection)),
      ...(selected.length > 0 && state !== 'deleted' && { Delete: outsideFields(() => giveStanding('deleted')) }),
    },
  })

  if (stats.data?.items === 0 && stats.data.excluded === 0 && state === 'all' && (list.counts?.deleted ?? 0) === 0)
    return (
      <EmptyScreen icon={<IconPhotoPlus size={40} stroke={1.5} />} title={t('library.emptyTitle')} text={t('library.emptyText')}>
        <Button leftSection={<IconFileImport size={18} aria-hidden />} onClick={openImport}>
          {t('library.import')}
        </Button>
      </EmptyScreen>
    )
  return (
    <div className={classes.screen}>
      <LibraryToolbar view={{ query, state, sort, size }} counts={list.counts} total={list.total} onChange={change} onImport={openImport} />
      <section className={classes.list} aria-label={t('library.grid')}>
        <ColdStartBrief closed={<NextStep />} />
        {list.error ? (
          <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        ) : nothingLeft ? (
          <EmptyScreen
            icon={<IconTrash size={40} stroke={1.5} />}
            title={t('library.nothingLeftTitle')}
            text={t('library.nothingLeftText')}
          >
            <Button variant="default" onClick={() => change({ state: list.counts?.deleted ? 'deleted' : 'excluded' })}>
              {t('library.showLeftOut')}
            </Button>
          </EmptyScreen>
        ) : list.ids && ids.length === 0 ? (
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
          <ItemGrid ids={ids} size={size} projectUuid={project.uuid} selection={selection} onSelect={select} />
        )}
        {selected.length > 0 && (
          <SelectionBar
            ids={selected}
            isLeftOut={state === 'excluded' || state === 'deleted'}
            isDeleted={state === 'deleted'}
            onStanding={giveStanding}
            onClear={() => select(noSelection)}
          />
        )}
      </section>
      <Inspector
        project={project}
        itemId={nothingLeft ? null : itemId}
        isHidden={itemId !== null && list.ids !== undefined && !shown.has(itemId)}
        onShowAll={showAll}
      />
      <PaneEdge pane="libraryInspector" side="right" />
    </div>
  )
}
