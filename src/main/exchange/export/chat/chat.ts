import { message } from '../../../../shared/messages/message'
import type { RecordMedia, TrainingFormat, TrainingRecord } from '../training/records'
import { openRows } from '../training/rows'
import { toPartMessages } from '../training/parts'
import { validateChat } from './validateChat'

const mimes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' }

const toUrl = async (media: RecordMedia) =>
  `data:${mimes[media.path.split('.').at(-1) ?? ''] ?? 'image/png'};base64,${(await media.read()).toString('base64')}`

type Part = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } }

/** Chat Completions rows for OpenAI's fine-tuning, with images as data URLs; DPO rows contain only text. */
export const chat: TrainingFormat = {
  id: 'chat',
  software: 'OpenAI and Azure fine-tuning, and what reads Chat Completions as JSONL',
  limits: {
    ...{ maxImages: 10, videoFiles: false, system: true, embedsImages: true, preferenceMedia: false, maxImageBytes: 10_000_000 },
    turns: { sft: 'history', dpo: 'history', kto: 'none' },
    findFault: ({ boxes }) => (boxes.length > 0 ? message('training.leftOut.noBoxes') : null),
  },
  open(target) {
    const rows = openRows(target, { extension: 'jsonl', toRow: ({ row }: TrainingRecord & { row?: unknown }) => row })
    return {
      ...rows,
      // Images are read here, one record at a time.
      async add(record) {
        const media: Part[] = []
        for (const each of record.media) media.push({ type: 'image_url', image_url: { url: await toUrl(each) } })
        const parts = toPartMessages<Part>(record, (pieces) => ({ type: 'text', text: target.renderPieces(pieces) }), media)
        const messages = parts.map(({ role, content }) => {
          const [only] = content
          return { role, content: role !== 'user' && only?.type === 'text' ? only.text : content }
        })
        const answer = (content: string) => ({ role: 'assistant', content })
        const { outcome } = record
        const row =
          outcome.kind === 'dpo'
            ? {
                input: { messages },
                preferred_output: [answer(target.renderPieces(outcome.chosen))],
                non_preferred_output: [answer(target.renderPieces(outcome.rejected))],
              }
            : { messages: [...messages, answer(target.renderPieces(outcome.answer))] }
        const withRow = { ...record, row }
        await rows.add(withRow)
      },
    }
  },
  validate: validateChat,
}
