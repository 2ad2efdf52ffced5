import { memo, useDeferredValue, type ComponentType } from 'react'

/**
 * Returns a component that is rendered with new props in a second pass, which the next key press may interrupt. Use it for what surrounds
 * the pair, so that the next pair is painted first.
 */
export function deferProps<Props extends object>(Component: ComponentType<Props>): ComponentType<Props> {
  const Rendered = memo(Component)
  return memo(function Deferred(props: Props) {
    return <Rendered {...useDeferredValue(props)} />
  }) as unknown as ComponentType<Props>
}
