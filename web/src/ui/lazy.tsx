import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Notice, Waiting } from './notice.tsx';

/** A component whose code is loaded when it is first shown. */
export function lazy<P extends object>(what: string, load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let begun: Promise<ComponentType<P>> | undefined;
  return function Lazy(props: P): JSX.Element {
    const [found, setFound] = useState<{ readonly component?: ComponentType<P>; readonly failed?: true }>({});
    useEffect(() => {
      begun ??= load();
      begun.then(
        (component) => setFound({ component }),
        () => {
          // The next one that is shown tries again.
          begun = undefined;
          setFound({ failed: true });
        },
      );
    }, []);
    if (found.failed) {
      return (
        <Notice title="Part of the page could not be loaded" tone="bad">
          <p>The registry does not answer, or it has been updated since the page was loaded.</p>
          <button type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </Notice>
      );
    }
    const Component = found.component;
    return Component === undefined ? <Waiting what={what} /> : <Component {...props} />;
  };
}
