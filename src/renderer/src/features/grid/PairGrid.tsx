import { Center, Loader } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desk } from '../../../../shared/review'
import type { Candidate } from '../../../../shared/domain'
import type { CandidateFilter } from '../../../../shared/review'
import { maxIdsPerPage, maxRowsPerPage, type CardKind } from '../../../../shared/table'
import { useCall } from '../../api/queries'
import { useActions } from '../../app/keys/useActions'
import { HighlightProvider } from '../../app/state/highlight'
import { useStable } from '../../app/state/useStable'
import { ProblemNotice } from '../../components/ProblemNotice'
import { showProblem } from '../../components/showProblem'
import type { ReviewSession } from '../review/session/reviewSession'
import type { Announcement } from '../review/session/reviewView'
import { rowsOf } from '../table/rowCache'
import { isSelected, noSelection, sizeOf, targetOf, type Selection } from '../table/selection'
import { SelectionBar, VerdictPanels } from '../table/SelectionBar'
import tableClasses from '../table/Table.module.css'
import { useElementSize } from '../table/useElementSize'
import { useFound } from '../table/useFound'
import { ROW_KEYS, useTallRows } from '../table/useTallRows'
import { useVerdicts, type Chosen } from '../table/useVerdicts'
import { nextUndecided, pairsOf, pairsToDecide, hasUndecided } from './cards'
import { RestingContext } from './CardMedium'
import classes from './Grid.module.css'
import { GridTools } from './GridBar'
import { cardId, GridCard, type CardPress } from './GridCard'
import { gridState } from './gridState'
import { GAP, layoutOf } from './layout'
import type { OpenedCard } from './openCard'
import { useGrid } from './useGrid'
import { useGridKeys } from './useGridKeys'

interface Props {
  readonly session: ReviewSession
  readonly filter: CandidateFilter
  readonly desk: Desk | null
  readonly projectUuid: string
  /** Whether decisions are blocked, for example because an undo is in progress or the session is paused. */
  readonly isBusy: boolean
  readonly announcement: Announcement | null
  /** The current pair of the session, to which an undo or redo leads. */
  readonly currentId: number | null
  readonly onDesk: (part: Partial<Desk>) => void
  readonly onOpen: (opened: OpenedCard) => void
  readonly onSimilar: (candidateId: number) => void
}

/** Contact sheet of pairs or items for culling. One key gives a verdict on the active card or on the selection. */
export function PairGrid({ session, filter, desk, projectUuid, isBusy, announcement, currentId, onDesk, onOpen, onSimilar }: Props) {
  const { t } = useTranslation()
  const grid = useRef<HTMLDivElement>(null)
  const { gridColumns: columns, gridCards: kind } = desk ?? { gridColumns: 3, gridCards: 'pairs' as const }
  const reader = useGrid({ session, filter, order: desk?.order ?? null, cards: kind })
  const { pairsAt, cardAt, cache, queue } = reader
  const total = reader.total ?? 0
  const place = gridState.use((state) => state.place)
  const active = Math.max(0, Math.min(place, total - 1))
  const anchor = useRef(active)
  const [chosen, setChosen] = useState<{ readonly queue: number | null; readonly selection: Selection }>({ queue, selection: noSelection })
  const selection = chosen.queue === queue ? chosen.selection : noSelection
  const select = (next: Selection) => setChosen({ queue, selection: next })
  // Only a selection of all pairs is counted: it would cost a call for each decision.
  const { count: found, more } = useFound(filter, selection.kind === 'all')
  const isCounting = selection.kind === 'all' && (found === undefined || more)
  const count = sizeOf(selection, found ?? 0)
  const reviewer = useCall('app.settings', {}).data?.reviewer ?? ''
  const focusGrid = () => grid.current?.focus({ preventScroll: true })

  const size = useElementSize(grid)
  const layout = layoutOf(columns, size, size.rem)
  const lines = Math.ceil(total / columns)
  const { shown, held, isScrolling, show, ...lineRange } = useTallRows({
    element: grid,
    count: lines,
    height: layout.rowHeight,
    first: Math.floor(active / columns),
    head: GAP,
    overscan: 2,
  })
  const [first, last] = [lineRange.first * columns, (lineRange.last + 1) * columns - 1]
  useEffect(() => cache.show(first, Math.min(last, Math.max(0, total - 1))), [cache, first, last, total])
  useEffect(() => grid.current?.focus({ preventScroll: true }), [])
  const activeLine = Math.floor(active / columns)
  const showLine = useStable({ show })
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the row is elsewhere with other columns or another size
  useEffect(() => showLine.show(activeLine), [showLine, activeLine, columns, total])

  const pointAt = (to: number) => {
    gridState.set({ place: to })
    session.restartTime()
  }
  /** Selects the cards between the anchor and another card. Requests the IDs of cards that have not been read. */
  async function extendTo(next: number) {
    const [from, to] = [Math.min(anchor.current, next), Math.max(anchor.current, next)]
    const limit = Math.min(to - from + 1, maxIdsPerPage)
    const loaded = Array.from({ length: limit }, (_, index) => pairsAt(from + index))
    const ids = loaded.every((pairs) => pairs !== undefined)
      ? loaded.flatMap((pairs) => pairsToDecide(pairs).map(({ id }) => id))
      : await reader.ids(from, limit)
    select({ kind: 'ids', ids: new Set(ids) })
  }
  const point = (to: number, extend: boolean) => {
    pointAt(to)
    if (extend) extendTo(to).catch(showProblem)
    else anchor.current = to
  }
  const idsAt = (at: number) => pairsToDecide(pairsAt(at) ?? []).map(({ id }) => id)
  const isCardSelected = (pairs: readonly Candidate[]) => pairs.some(({ id }) => isSelected(selection, id))
  function toggle(at: number) {
    const pairs = pairsAt(at) ?? []
    const ids = new Set(selection.kind === 'all' ? [] : selection.ids)
    const isOn = selection.kind === 'ids' && isCardSelected(pairs)
    for (const id of isOn ? pairs.map((pair) => pair.id) : idsAt(at)) if (!isOn || !ids.delete(id)) ids.add(id)
    select({ kind: 'ids', ids })
  }

  /** Returns the selection, or the active card if nothing is selected. */
  function pick(): Chosen | null {
    const isFlaggedAt = (at: number) => (cardAt(at)?.rows ?? []).every((row) => row.flaggedBy.includes(reviewer))
    const selected = targetOf(selection, filter)
    if (selected) {
      if (isCounting) return null
      const candidates = rowsOf(cache.getState()).flatMap((card) => pairsOf(card, session.getSheet()))
      const inSelection = candidates.filter(({ id, state }) =>
        selection.kind === 'all' ? !filter.states?.length || filter.states.includes(state) : selection.ids.has(id),
      )
      return { target: selected, count, candidates: inSelection, isFlagged: false }
    }
    const pairs = pairsToDecide(pairsAt(active) ?? [])
    if (pairs.length === 0) return null
    return { target: { ids: pairs.map(({ id }) => id) }, count: pairs.length, candidates: pairs, isFlagged: isFlaggedAt(active) }
  }
  /** Moves to the next undecided card after a verdict on one card. After a verdict on a selection, the active card stays the same. */
  function goOn() {
    if (targetOf(selection, filter)) return select(noSelection)
    const next = nextUndecided(active + 1, total, pairsAt)
    if (next !== null) point(next, false)
    else if (hasUndecided(pairsAt(active) ?? [])) point(active, false)
  }
  const { panel, actions } = useVerdicts({
    session,
    chosen: pick,
    isEnabled: !isBusy && queue !== null,
    onDone: goOn,
    onMarked: () => cache.refresh(),
  })

  const open = (at: number) => {
    const from = Math.max(0, at - maxRowsPerPage / 2)
    const before = Array.from({ length: at - from + 1 }, (_, index) => (kind === 'pairs' ? pairsAt(from + index)?.[0] : undefined))
    const begin = before.lastIndexOf(undefined) + 1
    const card = pairsAt(at)
    const only = card && (card.find(({ state }) => state === 'pending') ?? card[0])
    const pairs = kind === 'pairs' ? before.slice(begin).flatMap((pair) => pair ?? []) : only ? [only] : []
    if (pairs.length === 0 || queue === null || !desk) return
    onOpen({ place: at, first: kind === 'pairs' ? from + begin : at, candidates: pairs, queue, order: desk.order, total })
  }
  const stable = useStable({
    chooseCards: (gridCards: CardKind) => (onDesk({ gridCards }), focusGrid()),
    chooseColumns: (gridColumns: number) => (onDesk({ gridColumns }), focusGrid()),
    refresh: () => (reader.refresh(), focusGrid()),
    open,
    press: (at: number, { shiftKey, ctrlKey, metaKey }: CardPress) => {
      focusGrid()
      point(at, shiftKey)
      if (ctrlKey || metaKey) toggle(at)
      else if (!shiftKey) select(noSelection)
    },
  })
  const pressKey = useGridKeys({
    grid,
    active,
    total,
    columns,
    rowsInView: Math.max(1, Math.floor(size.height / layout.rowHeight)),
    hasSelection: count > 0,
    onPoint: point,
    onSelectAll: () => select({ kind: 'all' }),
    onClear: () => select(noSelection),
    onOpen: open,
    onColumns: (wanted) => wanted !== columns && onDesk({ gridColumns: wanted }),
  })
  useActions({
    similar: () => {
      const id = pairsAt(active)?.[0]?.id
      if (id !== undefined) onSimilar(id)
    },
  })

  // An undo goes to the card of its pair. A redo does not move.
  const { follow } = useStable({
    follow: async ({ word }: Announcement) => {
      if ((word !== 'undone' && word !== 'redone' && word !== 'marksUndone') || currentId === null) return
      const at = word === 'undone' ? await reader.find(currentId) : null
      if (at !== null) point(at, false)
    },
  })
  const announced = useRef(announcement)
  useEffect(() => {
    if (announced.current === announcement) return
    announced.current = announcement
    if (announcement) follow(announcement).catch(showProblem)
  }, [announcement, follow])

  const isEmpty = reader.total === 0
  return (
    <HighlightProvider value={filter.query ?? ''}>
      <section className={tableClasses.frame} aria-label={t('grid.label')}>
        <div className={tableClasses.bar}>
          {count > 0 ? (
            <SelectionBar
              count={count}
              isAll={selection.kind === 'all'}
              isCounting={isCounting}
              actions={actions}
              onClear={() => (select(noSelection), focusGrid())}
            />
          ) : (
            <>
              <output aria-live="polite" className="numbers">
                {reader.total === null ? t('grid.opening') : t(`grid.count.${kind}`, { count: total })}
              </output>
              <span className={tableClasses.keys}>{isEmpty ? t('table.none') : t('grid.keys')}</span>
            </>
          )}
          <GridTools
            cards={kind}
            columns={columns}
            onCards={stable.chooseCards}
            onColumns={stable.chooseColumns}
            onRefresh={stable.refresh}
          />
        </div>
        {reader.error !== null && <ProblemNotice error={reader.error} onRetry={reader.refresh} />}
        <div
          ref={grid}
          className={classes.grid}
          role="grid"
          tabIndex={0}
          aria-label={t('grid.label')}
          aria-multiselectable
          aria-rowcount={lines}
          aria-colcount={columns}
          aria-activedescendant={total > 0 ? cardId(active) : undefined}
          onKeyDown={pressKey}
          data-table
          data-grid
        >
          {reader.total === null && reader.error === null && (
            <Center h="100%">
              <Loader aria-label={t('grid.opening')} />
            </Center>
          )}
          <RestingContext value={!isScrolling}>
            <div className={classes.body} style={{ height: held }}>
              {shown.map(({ index, top }) => (
                <div
                  key={index % ROW_KEYS}
                  role="row"
                  aria-rowindex={index + 1}
                  className={classes.row}
                  style={{ transform: `translateY(${top}px)` }}
                >
                  {Array.from({ length: Math.min(columns, total - index * columns) }, (_, column) => {
                    const at = index * columns + column
                    const card = cardAt(at)
                    const pairs = card && pairsOf(card, reader.sheet)
                    return (
                      <GridCard
                        key={column}
                        place={at}
                        column={column}
                        card={card}
                        first={pairs?.[0]}
                        pairs={kind === 'items' ? (pairs ?? null) : null}
                        width={layout.cardWidth}
                        mediaHeight={layout.mediaHeight}
                        projectUuid={projectUuid}
                        isPointed={at === active}
                        isSelected={pairs !== undefined && isCardSelected(pairs)}
                        onPress={stable.press}
                        onOpen={stable.open}
                      />
                    )
                  })}
                </div>
              ))}
            </div>
          </RestingContext>
        </div>
        <VerdictPanels panel={panel} count={count || 1} actions={actions} onLeave={focusGrid} />
      </section>
    </HighlightProvider>
  )
}
