/** Characters that would end a name inside a template. */
const unusable = /["'{}%\n]/

/** Returns the first name that cannot be used in a template, or null. */
export const badField = (fields: readonly string[]): string | null => fields.find((field) => unusable.test(field)) ?? null

/**
 * Returns a Liquid template that outputs every field with its name and omits missing fields. Names may contain spaces and letters of any
 * script. Without fields it outputs all fields of the item.
 */
export function templateOf(fields: readonly string[]): string {
  if (fields.length === 0) return '{% for field in context -%}\n{{ field[0] }}: {{ field[1] | lines }}\n{% endfor -%}'
  return fields
    .map((field) => `{% if context["${field}"] != blank -%}\n${field}: {{ context["${field}"] | lines }}\n{% endif -%}`)
    .join('\n')
}
