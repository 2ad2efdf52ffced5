import { Center } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { ProblemNotice } from './ProblemNotice'

/** Keeps an error in one screen from unmounting the whole window. React has no hook for this. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <Center h="100%" p="xl">
        <ProblemNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </Center>
    )
  }
}
