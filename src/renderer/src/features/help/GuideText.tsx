import { useComputedColorScheme } from '@mantine/core'
import { lazy, Suspense, useMemo, type ReactNode } from 'react'
import type { Components } from 'react-markdown'
import { keyMark, pictureOf, placeOf, type GuidePage } from './guide'
import classes from './Help.module.css'

const MarkdownText = lazy(async () => ({ default: (await import('../../components/text/MarkdownText')).MarkdownText }))

interface Props {
  readonly page: GuidePage
  readonly pages: readonly GuidePage[]
  readonly onGo: (place: { readonly page: string; readonly anchor: string }) => void
}

/** A page of the guide. Its links lead to places of the guide; one that leads out of it is text. */
export function GuideText({ page, pages, onGo }: Props) {
  const isDark = useComputedColorScheme() === 'dark'
  const components = useMemo((): Components => {
    const anchors = new Map(page.sections.map(({ title, anchor }) => [title, anchor]))
    const anchorFor = (children: ReactNode) => (typeof children === 'string' ? anchors.get(children) : undefined)
    return {
      h1: ({ children }) => <h2 id={anchorFor(children)}>{children}</h2>,
      h2: ({ children }) => <h3 id={anchorFor(children)}>{children}</h3>,
      h3: ({ children }) => <h4 id={anchorFor(children)}>{children}</h4>,
      code: ({ children }) => {
        const text = typeof children === 'string' ? children : ''
        return text.startsWith(keyMark) ? <kbd className={classes.key}>{text.slice(keyMark.length)}</kbd> : <code>{children}</code>
      },
      a: ({ href = '', children }) => {
        const place = placeOf(href, page.name, pages)
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
            href={`#${place.anchor}`}
            onClick={(event) => {
              event.preventDefault()
              onGo(place)
            }}
          >
            {children}
          </a>
        )
      },
      img: ({ src, alt }) => {
        const address = typeof src === 'string' ? pictureOf(src, isDark) : undefined
        // All of them are 1280 × 800: the place is kept before they are loaded.
        return address && <img className={classes.picture} src={address} alt={alt ?? ''} width={1280} height={800} loading="lazy" />
      },
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `onGo` only sets state
  }, [page, pages, isDark])
  return (
    <Suspense>
      <MarkdownText text={page.markdown} components={components} />
    </Suspense>
  )
}
