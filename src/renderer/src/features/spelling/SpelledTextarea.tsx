import { Menu } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { memo, useLayoutEffect, useRef, useState, type ComponentProps, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { GrowingTextarea } from '../../components/fields/GrowingTextarea'
import { bareWord, wordsIn, type PlacedWord } from '../../../../shared/text/spelling'
import { useCallMutation } from '../../api/queries'
import { useActions } from '../../app/keys/useActions'
import { letterBox, mirrorField } from './fieldMirror'
import classes from './spelling.module.css'
import { spelling } from './spellingClient'
import { findWrong, useSpelling } from './useSpelling'

interface Props extends Omit<ComponentProps<typeof GrowingTextarea>, 'value' | 'onChange' | 'ref' | 'inputContainer'> {
  readonly value: string
  readonly onText: (text: string) => void
  readonly on: boolean
  readonly known: ReadonlySet<string>
  readonly fieldRef?: Ref<HTMLTextAreaElement> | undefined
}

interface Choice extends PlacedWord {
  readonly suggestions: readonly string[]
  readonly left: number
  readonly top: number
  readonly height: number
}

/**
 * Text area that underlines misspelled words in a layer over it, which ignores pointer events. Suggestions appear by key for the word at
 * the caret or the next misspelled one, and by the context menu.
 */
export function SpelledTextarea({ value, onText, on, known, fieldRef, ...others }: Props) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const ref = useMergedRef(field, fieldRef)
  const [choice, setChoice] = useState<Choice | null>(null)
  const [said, setSaid] = useState('')
  const wrong = useSpelling({ text: value, enabled: on, known, field, layer })
  const add = useCallMutation('spelling.addWord').mutate
  // The field may have been resized with its text; resizes the layer before the paint.
  useLayoutEffect(() => {
    if (on && wrong.length > 0 && field.current && layer.current) mirrorField(field.current, layer.current)
  }, [on, wrong])

  const offer = async (place: PlacedWord) => {
    field.current?.setSelectionRange(place.start, place.end)
    const box = layer.current && letterBox(layer.current, place.start)
    const frame = layer.current?.getBoundingClientRect()
    const suggestions = await spelling.suggest(bareWord(place.word))
    if (field.current?.value !== value) return // the text was changed in the meantime
    setChoice({
      ...place,
      suggestions,
      left: (box?.left ?? 0) - (frame?.left ?? 0),
      top: (box?.top ?? 0) - (frame?.top ?? 0),
      height: box?.height ?? 0,
    })
  }
  const offerAtCaret = async () => {
    const caret = field.current?.selectionStart ?? 0
    const all = await findWrong(wordsIn(value), known)
    const place = all.find(({ end }) => end >= caret) ?? all[0]
    if (place) await offer(place)
    else setSaid(t('spelling.allRight'))
  }
  const close = () => {
    setChoice(null)
    field.current?.focus({ preventScroll: true })
  }
  const replace = ({ start, end }: PlacedWord, word: string) => {
    close()
    field.current?.setSelectionRange(start, end)
    setSaid(t('spelling.replaced', { word }))
    // `execCommand` keeps the undo history of the field; if it is not available, the whole text is replaced.
    if (document.execCommand?.('insertText', false, word)) return
    onText(value.slice(0, start) + word + value.slice(end))
  }
  const learn = ({ word, end }: PlacedWord) => {
    close()
    field.current?.setSelectionRange(end, end)
    add({ word: bareWord(word) })
    setSaid(t('spelling.added', { word: bareWord(word) }))
  }
  useActions({ spelling: () => (on && document.activeElement === field.current ? void offerAtCaret() : false) })

  const overField = (input: ReactNode) => (
    <div className={classes.box}>
      {input}
      {on && <Layer layerRef={layer} text={value} wrong={wrong} />}
      {choice && (
        <Menu opened onClose={close} position="bottom-start" trapFocus returnFocus withinPortal transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <span
              className={classes.anchor}
              style={{ left: choice.left, top: choice.top, height: choice.height }}
              aria-hidden
              // Mantine labels the menu by its target.
              aria-label={t('spelling.menu', { word: choice.word })}
            />
          </Menu.Target>
          {/* Keys of the menu do not reach the review screen below it. */}
          <Menu.Dropdown onKeyDown={(event) => event.stopPropagation()}>
            <Menu.Label>{t('spelling.menu', { word: choice.word })}</Menu.Label>
            {choice.suggestions.map((word) => (
              <Menu.Item key={word} className="verbatim" onClick={() => replace(choice, word)}>
                {word}
              </Menu.Item>
            ))}
            {choice.suggestions.length === 0 && <Menu.Label>{t('spelling.none')}</Menu.Label>}
            <Menu.Divider />
            <Menu.Item onClick={() => learn(choice)}>{t('spelling.add')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <output className="visually-hidden" aria-live="polite">
        {said}
      </output>
    </div>
  )
  return (
    <GrowingTextarea
      {...others}
      ref={ref}
      spellCheck={false}
      value={value}
      inputContainer={overField}
      onChange={(event) => onText(event.currentTarget.value)}
      onContextMenu={(event) => {
        const marks = [...(layer.current?.querySelectorAll('[data-wrong]') ?? [])]
        const at = marks.findIndex((mark) =>
          [...mark.getClientRects()].some(
            ({ left, right, top, bottom }) =>
              event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
          ),
        )
        const place = wrong[at]
        if (!place) return
        event.preventDefault()
        void offer(place)
      }}
    />
  )
}

interface LayerProps {
  readonly layerRef: Ref<HTMLDivElement>
  readonly text: string
  readonly wrong: readonly PlacedWord[]
}

/** Invisible copy of the field's text with its misspelled words underlined. */
const Layer = memo(function Layer({ layerRef, text, wrong }: LayerProps) {
  const parts = wrong.map(({ start, end }, index) => ({ start, end, before: text.slice(wrong[index - 1]?.end ?? 0, start) }))
  return (
    <div ref={layerRef} className={classes.layer} aria-hidden>
      {parts.flatMap(({ start, end, before }) => [
        before,
        <span key={start} className={classes.wrong} data-wrong>
          {text.slice(start, end)}
        </span>,
      ])}
      {text.slice(wrong.at(-1)?.end ?? 0)}
    </div>
  )
})
