import { memo, useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import Markdown, { type Components } from 'react-markdown'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import classes from './MarkdownText.module.css'

/** Replaces a link by its text, followed by its address, which can be read and copied but not opened. */
function Address({ href, children }: { readonly href?: string | undefined; readonly children?: ReactNode }) {
  return (
    <span>
      {children}
      {href && href !== children && <span className={classes.address}> ({href})</span>}
    </span>
  )
}

/** Replaces an image, which is never loaded, by its alternative text. */
function ImageWords({ alt }: { readonly alt?: string | undefined }) {
  const { t } = useTranslation()
  return <span className={classes.image}>[{t('guidelines.image', { name: alt ?? '' })}]</span>
}

// Headings are moved below the heading of level 2 that precedes the text.
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
  /** Overrides of the components, for our own texts. */
  readonly components?: Components
}

/** Renders Markdown of other people: HTML stays text, nothing is loaded, and links do not open. */
export const MarkdownText = memo(function MarkdownText({ text, onShown, components: others }: Props) {
  const shown = useRef(onShown)
  useEffect(() => shown.current?.(), [])
  return (
    <div className={classes.text} dir="auto">
      <Markdown components={others ? { ...components, ...others } : components}>{showHidden(text)}</Markdown>
    </div>
  )
})
