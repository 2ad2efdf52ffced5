import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Context, Media } from '../../../../../shared/domain'
import { createMediaLinks, type MediaLinks } from './createMediaLinks'

const LinksContext = createContext<MediaLinks | null>(null)

/** Returns the links of the text to its media, or null if there are no media next to it. */
export const useMediaLinks = () => useContext(LinksContext)

const noBoxes: NonNullable<Context['boxes']> = []

interface Props {
  /** Undefined while the item is being loaded. */
  readonly item: { readonly media: readonly Pick<Media, 'kind'>[]; readonly context: Context } | undefined
  readonly children: ReactNode
}

/** Links the boxes of an item to the words that name them, and timed sentences to the video. */
export function LinkMedia({ item, children }: Props) {
  const boxes = item?.context.boxes ?? noBoxes
  const hasVideo = item?.media.some(({ kind }) => kind === 'video') ?? false
  const links = useMemo(() => createMediaLinks(boxes, hasVideo), [boxes, hasVideo])
  return <LinksContext value={links}>{children}</LinksContext>
}

const never = () => () => undefined

/** Selects a value of the links; the component re-renders when the value changes. */
export function useLinked<T>(read: (links: MediaLinks) => T, otherwise: T): T {
  const links = useMediaLinks()
  return useSyncExternalStore(links?.subscribe ?? never, () => (links ? read(links) : otherwise))
}
