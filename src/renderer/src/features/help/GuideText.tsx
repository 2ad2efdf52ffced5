import { useComputedColorScheme } from '@mantine/core'
import { createContext, lazy, Suspense, useContext, useMemo, type ReactNode } from 'react'
import type { Components } from 'react-markdown'
import { keyMark, pictureOf, placeOf, type GuidePage, type GuidePlace } from './guide'
import classes from './Help.module.css'

const MarkdownText = lazy(async () => ({ default: (await import('../../components/text/MarkdownText')).MarkdownText }))

interface Props {
  readonly page: GuidePage
  readonly pages: readonly GuidePage[]
  readonly onGo: (place: GuidePlace) => void
}

const Shown = createContext<Props | null>(null)

interface PartProps {
  readonly children?: ReactNode
}

function useAnchor(children: ReactNode): string | undefined {
  const shown = useContext(Shown)
  return shown?.page.sections.find(({ title }) => title === children)?.anchor
}

const PageTitle = ({ children }: PartProps) => <h2 id={useAnchor(children)}>{children}</h2>
const SectionTitle = ({ children }: PartProps) => <h3 id={useAnchor(children)}>{children}</h3>
const SubsectionTitle = ({ children }: PartProps) => <h4 id={useAnchor(children)}>{children}</h4>

function Code({ children }: PartProps) {
  const text = typeof children === 'string' ? children : ''
  return text.startsWith(keyMark) ? <kbd className={classes.key}>{text.slice(keyMark.length)}</kbd> : <code>{children}</code>
}

/** A link to a section of the guide. A link out of the guide becomes text, followed by its address if it is a web address. */
function GuideLink({ href = '', children }: PartProps & { readonly href?: string | undefined }) {
  const shown = useContext(Shown)
  const place = shown && placeOf(href, shown.page.name, shown.pages)
  if (!place)
    return (
      <span>
        {/^https?:/.test(href) && children !== href ? (
          <>
            {children} ({href})
          </>
        ) : (
          children
        )}
      </span>
    )
  return (
    <a
      href={`#${href.split('#')[1] ?? ''}`}
      onClick={(event) => {
        event.preventDefault()
        shown.onGo(place)
      }}
    >
      {children}
    </a>
  )
}

function GuideImage({ src, alt }: { readonly src?: string | Blob | undefined; readonly alt?: string | undefined }) {
  const isDark = useComputedColorScheme() === 'dark'
  const address = typeof src === 'string' ? pictureOf(src, isDark) : undefined
  // All pictures are 1280 × 800; the space is reserved before they are loaded.
  return address && <img className={classes.picture} src={address} alt={alt ?? ''} width={1280} height={800} loading="lazy" />
}

const components: Components = {
  h1: ({ children }) => <PageTitle>{children}</PageTitle>,
  h2: ({ children }) => <SectionTitle>{children}</SectionTitle>,
  h3: ({ children }) => <SubsectionTitle>{children}</SubsectionTitle>,
  code: ({ children }) => <Code>{children}</Code>,
  a: ({ href, children }) => <GuideLink href={href}>{children}</GuideLink>,
  img: ({ src, alt }) => <GuideImage src={src} alt={alt} />,
}

/** A page of the guide with its pictures. */
export function GuideText({ page, pages, onGo }: Props) {
  const shown = useMemo(() => ({ page, pages, onGo }), [page, pages, onGo])
  return (
    <Shown value={shown}>
      <Suspense>
        <MarkdownText text={page.markdown} components={components} />
      </Suspense>
    </Shown>
  )
}
