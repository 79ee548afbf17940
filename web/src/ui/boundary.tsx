import { Component, type ComponentChildren, type JSX } from 'preact';
import { Notice } from './notice.tsx';

/** Shows that a part of the page failed, and keeps the rest working. The error is also logged to the console. */
export class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override render(): JSX.Element | ComponentChildren {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice title="This part of the page failed" tone="bad">
        <p>Load the page again. If it stays so, report it with the address of the page.</p>
      </Notice>
    );
  }
}
