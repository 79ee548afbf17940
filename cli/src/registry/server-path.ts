/** A registry, and a server of it. */
export interface ServerPath {
  readonly registry?: string;
  readonly server?: string;
}

/** Reads `REGISTRY[/SERVER]`: what is before the first slash is the registry. With a URL there is only a server. */
export function serverPath(subject: string | undefined, url: string | undefined): ServerPath {
  if (subject === undefined) return {};
  if (url !== undefined) return { server: subject };
  if (/^https?:\/\//.test(subject)) return { registry: subject };
  const slash = subject.indexOf('/');
  return slash < 0 ? { registry: subject } : { registry: subject.slice(0, slash), server: subject.slice(slash + 1) };
}
