import { HttpError } from '../../errors.ts';

/** A path such as `/v0.1/servers/{serverName}/versions/{version}`, ready for matching. */
export interface Template {
  readonly text: string;
  /** Names of the parameters, in order. */
  readonly parameters: readonly string[];
  /** Number of segments. */
  readonly depth: number;
  /** The parameters, still percent-encoded, of a raw path that has this form; undefined for any other. */
  match(path: string): readonly string[] | undefined;
}

/** Prepares a path template. A parameter in `spanning` takes one segment or more, since its value holds slashes. */
export function parseTemplate(text: string, spanning: ReadonlySet<string>): Template {
  const segments = text.split('/').slice(1);
  const parameters = segments.flatMap((segment) => parameterOf(segment) ?? []);
  const pattern = new RegExp(
    `^${segments
      .map((segment) => {
        const name = parameterOf(segment);
        if (name === undefined) return `/${segment.replace(/[^\w]/g, String.raw`\$&`)}`;
        return spanning.has(name) ? '/(.*)' : '/([^/]*)';
      })
      .join('')}$`,
  );
  return {
    text,
    parameters,
    depth: segments.length,
    match: (path) => pattern.exec(path)?.slice(1),
  };
}

/** Decodes a part of a path. Throws HttpError for one that cannot be decoded, and for NUL. */
export function decodePart(part: string): string {
  let text: string;
  try {
    text = decodeURIComponent(part);
  } catch (cause) {
    throw new HttpError('badRequest', `"${part.slice(0, 60)}" is not valid percent-encoding`, {}, { cause });
  }
  if (text.includes('\0')) throw new HttpError('badRequest', 'a NUL character cannot be part of a URL');
  return text;
}

function parameterOf(segment: string): string | undefined {
  return /^\{(\w+)\}$/.exec(segment)?.[1];
}
