import { memo, useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import Markdown, { type Components } from 'react-markdown'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import classes from './MarkdownText.module.css'

/** A link leads nowhere: its address stands behind it, to be read and copied. */
function Address({ href, children }: { readonly href?: string | undefined; readonly children?: ReactNode }) {
  return (
    <span>
      {children}
      {href && href !== children && <span className={classes.address}> ({href})</span>}
    </span>
  )
}

/** An image is not loaded, wherever it lies: its words stand for it. */
function ImageWords({ alt }: { readonly alt?: string | undefined }) {
  const { t } = useTranslation()
  return <span className={classes.image}>[{t('guidelines.image', { name: alt ?? '' })}]</span>
}

// Below the heading of level 2 that the text stands under.
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  h6: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children }) => <Address href={href}>{children}</Address>,
  img: ({ alt }) => <ImageWords alt={alt} />,
}

interface Props {
  readonly text: string
  readonly onShown?: () => void
  /** in the place of those for text of other people: for text of our own */
  readonly components?: Components
}

/** Markdown that other people wrote: HTML in it stays text, nothing of it is loaded, and nothing leads away from the window. */
export const MarkdownText = memo(function MarkdownText({ text, onShown, components: others }: Props) {
  const shown = useRef(onShown)
  useEffect(() => shown.current?.(), [])
  return (
    <div className={classes.text} dir="auto">
      <Markdown components={others ? { ...components, ...others } : components}>{showHidden(text)}</Markdown>
    </div>
  )
})
