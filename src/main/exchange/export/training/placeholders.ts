/**
 * Literal texts that loaders and chat templates interpret as an image, a box or the end of a turn. The first six are placeholders of
 * LLaMA-Factory, ms-swift, Qwen, InternVL and LLaVA; the others are control tokens of their chat templates.
 */
const placeholder = /<(?=(?:image|video|audio|bbox|ref-object|img|\/?think|\/?ref|\/?box|IMG_CONTEXT|\/s|\|[A-Za-z0-9_]+\|)>)/g

/** Tokens that a validator refuses in texts. `<think>` and boxes may be there on purpose. */
const literalToken =
  /<(?:image|video|audio|bbox|ref-object|img|IMG_CONTEXT|\|(?:im_start|im_end|image_pad|video_pad|vision_start|vision_end|endoftext)\|)>/

/** Inserts a space after the `<` of each placeholder, so that no loader interprets it. */
export const neutralizePlaceholders = (text: string): string => text.replace(placeholder, '< ')

/** Returns the first placeholder in a text, or null if there is none. */
export const findPlaceholder = (text: string): string | null => literalToken.exec(text)?.[0] ?? null

/** Returns how often a token occurs in a text. */
export const countToken = (text: string, token: string): number => text.split(token).length - 1
