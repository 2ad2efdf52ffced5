/** Characters that would end a name inside a template. */
const unusable = /["'{}%\n]/

/** The first name that cannot stand in a template, or null. */
export const badField = (fields: readonly string[]): string | null => fields.find((field) => unusable.test(field)) ?? null

/**
 * A Liquid template that gives every field under its own name, and leaves out those that an item does not have. Names may hold
 * spaces and be of any script. Without fields it gives all that an item has.
 */
export function templateOf(fields: readonly string[]): string {
  if (fields.length === 0) return '{% for field in context -%}\n{{ field[0] }}: {{ field[1] | lines }}\n{% endfor -%}'
  return fields
    .map((field) => `{% if context["${field}"] != blank -%}\n${field}: {{ context["${field}"] | lines }}\n{% endif -%}`)
    .join('\n')
}
