import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectInfo } from '../../../../shared/domain'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { Thumbnail } from '../../components/Thumbnail'
import { useCall } from '../../api/queries'
import classes from './Prompt.module.css'

interface Props {
  readonly project: ProjectInfo
  readonly itemId: number
  readonly onChoose: (id: number) => void
}

/** Returns the name of an item: its first file, then its id. */
const nameOf = ({ sourceId, media }: { readonly sourceId: string; readonly media: readonly { readonly fileName: string }[] }) =>
  showHidden(media[0] && media[0].fileName !== sourceId ? `${media[0].fileName} · ${sourceId}` : sourceId)

/** Selects an item by words of its id or context. */
export function ItemPicker({ project, itemId, onChoose }: Props) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const chosen = useCall('item.get', { id: itemId }).data
  const wanted = chosen && search.trim() === nameOf(chosen).trim() ? '' : search.trim()
  const [query] = useDebouncedValue(wanted, 200)
  const found = useCall(
    'item.page',
    { filter: { state: 'all', ...(query ? { query } : {}) }, after: 0, limit: 50 },
    { placeholderData: keepPreviousData },
  ).data
  const options = (found?.items ?? []).map((item) => ({ value: String(item.id), label: nameOf(item) }))
  if (chosen && !options.some(({ value }) => value === String(chosen.id)))
    options.unshift({ value: String(chosen.id), label: nameOf(chosen) })
  return (
    <div className={classes.picker}>
      <Thumbnail medium={chosen?.media[0]} projectUuid={project.uuid} className={classes.thumbnail} />
      <Select
        aria-label={t('prompt.previewItem')}
        placeholder={t('prompt.chooseItem')}
        searchable
        allowDeselect={false}
        data={options}
        // The main process has already searched in ids and contexts.
        filter={({ options: all }) => all}
        value={chosen ? String(chosen.id) : null}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={(value) => value && onChoose(Number(value))}
      />
    </div>
  )
}
