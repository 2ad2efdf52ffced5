/**
 * The end of a context template: every field of the context that the template has not written itself, under its own name. Fields that
 * people add to an item thus reach the model in any recipe.
 */
export function otherFields(...known: readonly string[]): string {
  const isKnown = known.map((key) => `field[0] == "${key}"`).join(' or ')
  return `{% for field in context -%}
{% unless ${isKnown} -%}
{{ field[0] }}: {{ field[1] | lines }}
{% endunless -%}
{% endfor -%}`
}
