import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** An empty screen: its purpose, the next step, and buttons for it. */
export function EmptyScreen({
  icon,
  title,
  text,
  lead,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly text?: string
  /** Content above the buttons. */
  readonly lead?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <Stack align="center" justify="center" gap="md" p="xl" mih={320} ta="center">
      <Text c="dimmed" component="span" lh={0} aria-hidden>
        {icon}
      </Text>
      <Stack gap="xs" align="center">
        <Title order={2}>{title}</Title>
        {text && (
          <Text c="dimmed" maw={440}>
            {text}
          </Text>
        )}
      </Stack>
      {lead}
      <Group gap="xs" justify="center">
        {children}
      </Group>
    </Stack>
  )
}
