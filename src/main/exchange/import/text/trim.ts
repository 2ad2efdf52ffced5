/** Texts without the space around them, and without empty ones. */
export const trimAll = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter((text) => text !== '')
