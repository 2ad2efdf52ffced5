import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Context, Media } from '../../../../../shared/domain'
import { createMediaLinks, type MediaLinks } from './createMediaLinks'

const LinksContext = createContext<MediaLinks | null>(null)

/** Null where no media stand beside the text. */
export const useMediaLinks = () => useContext(LinksContext)

const noBoxes: NonNullable<Context['boxes']> = []

interface Props {
  /** undefined while the item is being read */
  readonly item: { readonly media: readonly Pick<Media, 'kind'>[]; readonly context: Context } | undefined
  readonly children: ReactNode
}

/** Within it, boxes of the item and words that name them point to each other, and timed sentences to the video. */
export function LinkMedia({ item, children }: Props) {
  const boxes = item?.context.boxes ?? noBoxes
  const hasVideo = item?.media.some(({ kind }) => kind === 'video') ?? false
  const links = useMemo(() => createMediaLinks(boxes, hasVideo), [boxes, hasVideo])
  return <LinksContext value={links}>{children}</LinksContext>
}

const never = () => () => undefined

/** Reads one thing of the links; the component is drawn again when that thing changes. */
export function useLinked<T>(read: (links: MediaLinks) => T, otherwise: T): T {
  const links = useMediaLinks()
  return useSyncExternalStore(links?.subscribe ?? never, () => (links ? read(links) : otherwise))
}
