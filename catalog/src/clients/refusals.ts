import { upperFirst } from '../launch/choice.ts';
import type { Refusal } from '../launch/reading.ts';
import type { Target } from '../launch/target.ts';

/** A bundle, for a client that installs none. */
export function bundleRefused(target: Target): Refusal | undefined {
  if (target.kind !== 'bundle') return undefined;
  return {
    reason: 'registry',
    message: `${upperFirst(target.about)} is installed from a file, and no command runs it`,
    remedy: 'Use a client that installs bundles, such as Claude Desktop.',
  };
}

/** A target with server-sent events, for a client that does not support them. */
export function sseRefused(target: Target, client: string): Refusal | undefined {
  if (target.kind === 'bundle' || target.endpoint?.type !== 'sse') return undefined;
  return {
    reason: 'transport',
    message: `${upperFirst(target.about)} uses server-sent events (sse), which ${client} does not support`,
    remedy: 'Use another client, or ask the publisher for streamable-http.',
  };
}
