import { Component, type ReactNode } from 'react';

type Props = { readonly children: ReactNode };
type State = { readonly error: Error | undefined };

/** One of two places that catch: a bug of ours in a view. What to do again, and how to go on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="broken">
        <h1>The page stopped: a bug in Daxpin</h1>
        <p>This address and message are enough to find it:</p>
        <pre>{`${location.href}\n${error.message}`}</pre>
        <p>
          <button type="button" className="boxed" onClick={() => location.reload()}>
            Open this moment again
          </button>
        </p>
      </main>
    );
  }
}
