import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ScrollTable.module.css'

interface Props {
  readonly label: string
  readonly columns: readonly string[]
  readonly children: ReactNode
}

/** A table in a scrolling container with a fixed header; the container can be focused, so that keys scroll it. */
export function ScrollTable({ label, columns, children }: Props) {
  return (
    <section className={classes.frame} aria-label={label} tabIndex={0}>
      <Table verticalSpacing={6} stickyHeader className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </section>
  )
}
