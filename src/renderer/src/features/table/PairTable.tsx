import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../../../shared/keymap'
import type { CandidateFilter } from '../../../../shared/review'
import { maxIdsPerPage, maxRowsPerPage, type TableRow, type TableSort } from '../../../../shared/table'
import { call, on } from '../../api/api'
import { ProblemNotice } from '../../components/ProblemNotice'
import { showProblem } from '../../components/showProblem'
import { HighlightProvider } from '../../app/state/highlight'
import { useStable } from '../../app/state/useStable'
import { useActions } from '../../app/keys/useActions'
import type { Step } from '../review/queue/BulkActions'
import { columns as widths, keepColumns, readColumns } from './columns'
import { createRowCache, rowAt } from './rowCache'
import { isSelected, noSelection, type Selection, sizeOf, targetOf, toggled } from './selection'
import { type ChosenStep, TableBar } from './TableBar'
import { TableHead } from './TableHead'
import { rowId, TableRowView } from './TableRowView'
import { tableState } from './tableState'
import classes from './Table.module.css'
import { useFound } from './useFound'

const ROW_HEIGHT = 32
/** Chromium draws nothing taller than 2²⁵ pixels. */
const MAX_ROWS = 1_040_000

interface Props {
  readonly filter: CandidateFilter
  /** the place that is pointed at first */
  readonly place: number
  /** changes when decisions were made or taken back */
  readonly change: unknown
  /** the pairs from some before it on, and their first place */
  readonly onOpen: (opened: {
    readonly place: number
    readonly first: number
    readonly rows: readonly TableRow[]
    readonly sort: TableSort | null
    readonly total: number
  }) => void
  readonly onSimilar: (candidateId: number, place: number) => void
}

/** All pairs that the filter finds, a row each. Only the rows in view are drawn, and only pages around them are in memory. */
export function PairTable({ filter, place, change, onOpen, onSimilar }: Props) {
  const { t } = useTranslation()
  const [columns, setColumns] = useState(readColumns)
  const sort = tableState.use((state) => state.sort)
  const cache = useMemo(() => createRowCache(call, filter, sort), [filter, sort])
  const known = useSyncExternalStore(cache.subscribe, cache.getState)
  const rowNow = (at: number) => rowAt(cache.getState(), at)
  const { count: found, more } = useFound(filter)
  const total = Math.min(found ?? 0, MAX_ROWS)
  const [pointed, setPointed] = useState(place)
  const active = Math.max(0, Math.min(pointed, total - 1))
  const [chosen, setChosen] = useState<{ readonly filter: CandidateFilter; readonly selection: Selection }>({
    filter,
    selection: noSelection,
  })
  const selection = chosen.filter === filter ? chosen.selection : noSelection
  const select = (next: Selection) => setChosen({ filter, selection: next })
  const [step, setStep] = useState<ChosenStep>({ of: null, asked: 0 })
  const anchor = useRef(place)
  const grid = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    initialOffset: Math.max(0, place - 5) * ROW_HEIGHT,
    initialRect: { width: innerWidth, height: innerHeight },
    scrollPaddingEnd: ROW_HEIGHT,
  })
  const shown = rows.getVirtualItems()
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  useEffect(() => cache.show(first, last), [cache, first, last])
  useEffect(() => cache.refresh(), [cache, change])
  useEffect(() => on('data.changed', () => cache.refresh()), [cache])
  useEffect(() => grid.current?.focus({ preventScroll: true }), [])

  const count = sizeOf(selection, found ?? 0)
  const target = targetOf(selection, filter)
  const focusGrid = () => grid.current?.focus({ preventScroll: true })

  /** Selects from the place where a selection began to another. What has not been read is asked for. */
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
    rows.scrollToIndex(to)
    if (extend) extendTo(to).catch(showProblem)
    else anchor.current = to
  }
  /** The pair that was pointed at is elsewhere then: one begins at the top. */
  const changeSort = (next: TableSort | null) => {
    tableState.set({ sort: next })
    setPointed(0)
    anchor.current = 0
    rows.scrollToIndex(0)
  }
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

  const pageRows = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
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

  // The keys that decide choose the step; it is carried out once its count has been seen.
  const choose = (of: Step) => () => {
    const id = rowNow(active)?.candidate.id
    if (target === null && id === undefined) return
    if (target === null && id !== undefined) select({ kind: 'ids', ids: new Set([id]) })
    setStep({ of, asked: step.asked + 1 })
  }
  const steps = { accept: choose('accept'), reject: choose('reject'), ignore: choose('ignore'), flag: choose('flag') }
  useActions({
    ...(steps satisfies Partial<Record<Action, () => void>>),
    similar: () => {
      const id = rowNow(active)?.candidate.id
      if (id !== undefined) onSimilar(id, active)
    },
  })

  const template = columns.map((name) => `minmax(${widths[name]}px, ${widths[name]}fr)`).join(' ')
  const width = columns.reduce((sum, name) => sum + widths[name], 0)
  return (
    <HighlightProvider value={filter.query ?? ''}>
      <section className={classes.frame} aria-label={t('table.label')}>
        <TableBar
          filter={filter}
          target={target}
          isAll={selection.kind === 'all'}
          count={count}
          found={found}
          more={more}
          total={total}
          step={step}
          columns={columns}
          onClear={() => (select(noSelection), focusGrid())}
          onLeaveStep={() => {
            setStep({ of: null, asked: step.asked + 1 })
            focusGrid()
          }}
          onColumns={(next) => {
            setColumns(next)
            keepColumns(next)
          }}
          onLeave={focusGrid}
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
          <TableHead columns={columns} template={template} width={width} sort={sort} onSort={changeSort} />
          <div role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize(), minWidth: width }}>
            {shown.map(({ index, start }) => (
              <TableRowView
                key={index}
                place={index}
                top={start}
                row={rowAt(known, index)}
                columns={columns}
                template={template}
                selected={isSelected(selection, rowAt(known, index)?.candidate.id)}
                active={index === active}
                onPress={press}
                onOpen={open}
              />
            ))}
          </div>
        </div>
      </section>
    </HighlightProvider>
  )
}
