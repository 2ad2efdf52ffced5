import { type KeyboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateFilter } from '../../../../shared/review'
import { maxIdsPerPage, maxRowsPerPage, type TableRow, type TableSort } from '../../../../shared/table'
import { call, on } from '../../api/api'
import { useCall } from '../../api/queries'
import { ProblemNotice } from '../../components/ProblemNotice'
import { showProblem } from '../../components/showProblem'
import { HighlightProvider } from '../../app/state/highlight'
import { useStable } from '../../app/state/useStable'
import { useActions } from '../../app/keys/useActions'
import { gridOf, keepColumns, readColumns, type TableColumns } from './columns'
import { createRowCache, rowAt, type RowCache, rowsOf } from './rowCache'
import { isSelected, noSelection, type Selection, sizeOf, targetOf, toggled } from './selection'
import { TableBar } from './TableBar'
import type { ReviewSession } from '../review/session/reviewSession'
import { VerdictPanels } from './SelectionBar'
import { TableHead } from './TableHead'
import { rowId, TableRowView } from './TableRowView'
import { tableState } from './tableState'
import classes from './Table.module.css'
import { useElementSize } from './useElementSize'
import { useFound } from './useFound'
import { ROW_KEYS, useTallRows } from './useTallRows'
import { useVerdicts, type Chosen } from './useVerdicts'

/** Heights of a row (two lines of text) and of the head, in rem. */
const ROW_HEIGHT = 3.25
const HEAD_HEIGHT = 2

interface Props {
  readonly session: ReviewSession
  readonly projectUuid: string
  /** Whether decisions are blocked, for example because an undo is in progress or the session is paused. */
  readonly isBusy: boolean
  readonly filter: CandidateFilter
  /** Index of the initially active row. */
  readonly place: number
  /** Changes when decisions were made or undone. */
  readonly change: unknown
  /** Opens a pair. `rows` contains some pairs before it and ends with it; `first` is the index of the first of them. */
  readonly onOpen: (opened: {
    readonly place: number
    readonly first: number
    readonly rows: readonly TableRow[]
    readonly sort: TableSort | null
    readonly total: number
  }) => void
  readonly onSimilar: (candidateId: number, place: number) => void
}

/** Table with a row for each pair that matches the filter. Renders only the visible rows and keeps only the pages around them in memory. */
export function PairTable({ session, projectUuid, isBusy, filter, place, change, onOpen, onSimilar }: Props) {
  const { t } = useTranslation()
  const [columns, setColumns] = useState(readColumns)
  const sort = tableState.use((state) => state.sort)
  const cache = useMemo(() => {
    const created: RowCache<TableRow> = createRowCache((from, limit) =>
      session.readSheet(
        // Wait for pending writes: the pairs that they change may move or no longer match.
        async () => {
          await session.settled()
          return call('table.rows', { filter, ...(sort && { sort }), from, limit })
        },
        (rows) => rows.map(({ candidate }) => candidate),
        () => new Set(rowsOf(created.getState()).map(({ candidate }) => candidate.id)),
      ),
    )
    return created
  }, [session, filter, sort])
  const known = useSyncExternalStore(cache.subscribe, cache.getState)
  const sheet = useSyncExternalStore(session.subscribeSheet, session.getSheet)
  const rowNow = (at: number) => rowAt(cache.getState(), at)
  const { count: found, more } = useFound(filter)
  const total = found ?? 0
  const [pointed, setPointed] = useState(place)
  const active = Math.max(0, Math.min(pointed, total - 1))
  const [chosen, setChosen] = useState<{ readonly filter: CandidateFilter; readonly selection: Selection }>({
    filter,
    selection: noSelection,
  })
  const selection = chosen.filter === filter ? chosen.selection : noSelection
  const select = (next: Selection) => setChosen({ filter, selection: next })
  const anchor = useRef(place)
  const grid = useRef<HTMLDivElement>(null)
  const { rem, height } = useElementSize(grid)
  const rowHeight = Math.round(ROW_HEIGHT * rem)
  const rows = useTallRows({ element: grid, count: total, height: rowHeight, first: place, head: HEAD_HEIGHT * rem, overscan: 3 })
  const { shown, first, last } = rows
  useEffect(() => cache.show(first, last), [cache, first, last])
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- read again after every decision
  useEffect(() => cache.refresh(), [cache, change])
  useEffect(() => on('data.changed', () => cache.refresh()), [cache])
  useEffect(() => grid.current?.focus({ preventScroll: true }), [])

  const count = sizeOf(selection, found ?? 0)
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const focusGrid = () => grid.current?.focus({ preventScroll: true })

  /** Selects the rows between the anchor and another row. Requests the IDs of rows that have not been read. */
  async function extendTo(next: number) {
    const [from, to] = [Math.min(anchor.current, next), Math.max(anchor.current, next)]
    const loaded = Array.from({ length: Math.min(to - from + 1, maxIdsPerPage) }, (_, index) => rowNow(from + index)?.candidate.id)
    const ids = loaded.every((id) => id !== undefined)
      ? loaded
      : await call('table.ids', { filter, ...(sort && { sort }), from, limit: Math.min(to - from + 1, maxIdsPerPage) })
    select({ kind: 'ids', ids: new Set(ids.flatMap((id) => id ?? [])) })
  }
  const point = (next: number, extend: boolean) => {
    const to = Math.max(0, Math.min(next, total - 1))
    setPointed(to)
    rows.show(to)
    if (extend) extendTo(to).catch(showProblem)
    else anchor.current = to
  }
  /** Changes the sort order and moves to the top, because the active pair is elsewhere in the new order. */
  const changeSort = (next: TableSort | null) => {
    tableState.set({ sort: next })
    setPointed(0)
    anchor.current = 0
    rows.show(0)
  }
  const { template, width } = gridOf(columns, rem)
  const stable = useStable({
    focusGrid,
    sort: changeSort,
    chooseColumns: (next: TableColumns) => {
      setColumns(next)
      keepColumns(next)
    },
  })
  const { open, press } = useStable({
    open: (at: number) => {
      const from = Math.max(0, at - maxRowsPerPage / 2)
      const before = Array.from({ length: at - from + 1 }, (_, index) => rowNow(from + index))
      const begin = before.lastIndexOf(undefined) + 1
      const opened = before.slice(begin).flatMap((row) => row ?? [])
      if (opened.length > 0) onOpen({ place: at, first: from + begin, rows: opened, sort, total: found ?? 0 })
    },
    press: (at: number, { shiftKey, ctrlKey, metaKey }: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => {
      point(at, shiftKey)
      const id = rowNow(at)?.candidate.id
      if (!shiftKey && id !== undefined) select(ctrlKey || metaKey ? toggled(selection, id) : { kind: 'ids', ids: new Set([id]) })
    },
  })

  const pageRows = Math.max(1, Math.floor(height / rowHeight) - 2)
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + pageRows,
    PageUp: active - pageRows,
    Home: 0,
    End: total - 1,
  }
  function pressKey(event: KeyboardEvent) {
    if (event.target !== grid.current) return
    const { key, shiftKey } = event
    const mod = event.ctrlKey || event.metaKey
    const move = moves[key]
    const id = rowNow(active)?.candidate.id
    if (move !== undefined) point(move, shiftKey)
    else if (mod && key.toLowerCase() === 'a') select({ kind: 'all' })
    else if (key === ' ' && id !== undefined) {
      anchor.current = active
      select(toggled(selection, id))
    } else if (key === 'Enter' && !mod) open(active)
    else if (key === 'Escape' && count > 0) select(noSelection)
    else return
    event.preventDefault()
  }

  /** Returns the selection, or the active row if nothing is selected. */
  function pick(): Chosen | null {
    if (selection.kind === 'all' && more) return null
    const now = ({ candidate }: TableRow) => session.getSheet().get(candidate.id) ?? candidate
    const selected = targetOf(selection, filter)
    const pointedRow = rowNow(active)
    const read = selected ? rowsOf(cache.getState()) : pointedRow ? [pointedRow] : []
    const picked = selected ? read.filter((row) => isSelected(selection, row.candidate.id)) : read
    const target = selected ?? (pointedRow ? { ids: [pointedRow.candidate.id] } : null)
    if (!target) return null
    const isFlagged = selection.kind !== 'all' && picked.length > 0 && picked.every((row) => row.flaggedBy.includes(reviewer))
    return { target, count: selected ? count : 1, candidates: picked.map(now), isFlagged }
  }
  const { panel, actions } = useVerdicts({
    session,
    chosen: pick,
    isEnabled: !isBusy,
    onDone: (isOne) => {
      const isShownAfter = !filter.states?.length
      if (count > 0) select(noSelection)
      // With a filter by state, a decided row may leave the table and the next row takes its index. Otherwise move to the next row.
      if (isOne && isShownAfter && active + 1 < total) point(active + 1, false)
    },
    onMarked: () => cache.refresh(),
  })
  useActions({
    similar: () => {
      const id = rowNow(active)?.candidate.id
      if (id !== undefined) onSimilar(id, active)
    },
  })

  return (
    <HighlightProvider value={filter.query ?? ''}>
      <section className={classes.frame} aria-label={t('table.label')}>
        <TableBar
          filter={filter}
          isAll={selection.kind === 'all'}
          count={count}
          found={found}
          more={more}
          actions={actions}
          columns={columns}
          onClear={() => (select(noSelection), focusGrid())}
          onColumns={stable.chooseColumns}
          onLeave={stable.focusGrid}
        />
        {known.error !== null && <ProblemNotice error={known.error} onRetry={() => cache.show(first, last)} />}
        <div
          ref={grid}
          className={classes.grid}
          role="grid"
          tabIndex={0}
          aria-label={t('table.label')}
          aria-multiselectable
          aria-rowcount={more ? -1 : (found ?? 0) + 1}
          aria-colcount={columns.length}
          aria-activedescendant={total > 0 ? rowId(active) : undefined}
          onKeyDown={pressKey}
          data-table
        >
          <TableHead
            columns={columns}
            template={template}
            width={width}
            sort={sort}
            onSort={stable.sort}
            onColumns={stable.chooseColumns}
          />
          <div role="rowgroup" className={classes.body} data-skimming={rows.isSkimming} style={{ height: rows.held, minWidth: width }}>
            {shown.map(({ index, top }) => {
              const row = rowAt(known, index)
              const id = row?.candidate.id
              return (
                <TableRowView
                  key={index % ROW_KEYS}
                  place={index}
                  top={top}
                  row={row}
                  candidate={id === undefined ? undefined : (sheet.get(id) ?? row?.candidate)}
                  columns={columns}
                  template={template}
                  projectUuid={projectUuid}
                  selected={isSelected(selection, id)}
                  active={index === active}
                  onPress={press}
                  onOpen={open}
                />
              )
            })}
          </div>
        </div>
        <VerdictPanels panel={panel} count={count || 1} actions={actions} onLeave={focusGrid} />
      </section>
    </HighlightProvider>
  )
}
