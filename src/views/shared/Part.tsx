import { Component, Suspense, type ReactNode } from 'react';

/** What browsers and the loader say when a file of the page cannot be had. */
const NOT_LOADED = /dynamically imported module|importing a module script failed|unable to preload/i;

type Props = {
  readonly fallback?: ReactNode;
  /** In its place where it cannot be fetched. */
  readonly lost?: ReactNode;
  readonly children: ReactNode;
};
const LOST = <p className="opening">This part of the page could not be fetched.</p>;

type State = { readonly error: Error | undefined };

/** A part of the page that is loaded when it is needed. Where its file cannot be fetched, the rest stays; a bug goes on. */
export class Part extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { fallback, lost = LOST, children } = this.props;
    if (error === undefined) return <Suspense fallback={fallback}>{children}</Suspense>;
    if (!NOT_LOADED.test(error.message)) throw error;
    return lost;
  }
}
