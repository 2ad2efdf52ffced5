import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maxComparedItems } from '../../../../../shared/domain'
import { useCall } from '../../../api/queries'

interface Props {
  readonly itemIds: readonly number[]
  readonly onChange: (itemIds: readonly number[]) => void
}

/** Selects items by words of their ids or contexts. */
export function ItemsField({ itemIds, onChange }: Props) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [known, setKnown] = useState<Readonly<Record<number, string>>>({})
  const [query] = useDebouncedValue(search.trim(), 200)
  const found = useCall(
    'item.page',
    { filter: { state: 'all', ...(query ? { query } : {}) }, after: 0, limit: 50 },
    { placeholderData: keepPreviousData },
  ).data
  // An item that was selected elsewhere, such as in the library.
  const firstItem = useCall('item.get', { id: itemIds[0] ?? 1 }, { enabled: itemIds.length > 0 }).data
  const names: Readonly<Record<number, string>> = {
    ...known,
    ...(firstItem ? { [firstItem.id]: firstItem.sourceId } : {}),
    ...Object.fromEntries((found?.items ?? []).map(({ id, sourceId }) => [id, sourceId])),
  }
  const ids = [...new Set([...itemIds, ...(found?.items ?? []).map(({ id }) => id)])]
  return (
    <MultiSelect
      label={t('compare.picked')}
      description={t('compare.pickedHint')}
      placeholder={itemIds.length === 0 ? t('prompt.chooseItem') : ''}
      searchable
      hidePickedOptions
      clearable
      maxValues={maxComparedItems}
      data={ids.map((id) => ({ value: String(id), label: names[id] ?? String(id) }))}
      // The main process has already searched in ids and contexts.
      filter={({ options }) => options}
      value={itemIds.map(String)}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(values) => {
        setKnown(names)
        onChange(values.map(Number))
      }}
    />
  )
}
