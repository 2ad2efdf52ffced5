import { generator, type ExportProject } from '../exportJob'
import type { PairSource } from '../pairSource'
import { readConversations } from '../training/projectSource'
import { createCardFacts, loadLanguageDetector } from './cardFacts'
import type { GeneratedCard } from './mergeCard'
import { renderCard } from './renderCard'

interface CardOptions {
  readonly license?: string | null
  readonly url?: string | null
  readonly signal?: AbortSignal | undefined
}

/** Counts the approved pairs of a project, or of one of its snapshots, and describes them as a card. */
export async function makeCard(
  project: Pick<ExportProject, 'directory' | 'info'>,
  source: PairSource,
  { license = null, url = null, signal }: CardOptions = {},
): Promise<GeneratedCard> {
  const facts = createCardFacts(await loadLanguageDetector())
  for await (const conversation of readConversations(project, { kind: 'sft', system: null, source })) {
    signal?.throwIfAborted()
    facts.add(conversation)
  }
  return renderCard({
    about: { license, url, creator: project.info.name },
    facts: facts.read(),
    project: source.readProjectFacts(),
    generator,
  })
}
