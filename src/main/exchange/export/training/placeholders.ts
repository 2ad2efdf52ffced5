/**
 * Literal texts that loaders and chat templates take for a picture, a box or the end of a turn. The first six are those of
 * LLaMA-Factory, ms-swift, Qwen, InternVL and LLaVA; the others are control tokens of their chat templates.
 */
const placeholder = /<(?=(?:image|video|audio|bbox|ref-object|img|\/?think|\/?ref|\/?box|IMG_CONTEXT|\/s|\|[A-Za-z0-9_]+\|)>)/g

/** What a validator refuses in texts. `<think>` and boxes may stand there on purpose. */
const literalToken =
  /<(?:image|video|audio|bbox|ref-object|img|IMG_CONTEXT|\|(?:im_start|im_end|image_pad|video_pad|vision_start|vision_end|endoftext)\|)>/

/** Writes a space behind the `<` of each placeholder, so that nothing takes it for one. */
export const neutralizePlaceholders = (text: string): string => text.replace(placeholder, '< ')

/** Returns the first placeholder in a text; null where there is none. */
export const findPlaceholder = (text: string): string | null => literalToken.exec(text)?.[0] ?? null

/** Returns how often a token stands in a text. */
export const countToken = (text: string, token: string): number => text.split(token).length - 1
