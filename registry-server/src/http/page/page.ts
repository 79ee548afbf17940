import { createHash } from 'node:crypto';
import type { Content, OpenApiDocument, Operation, Parameter } from '../openapi/document.ts';
import type { JsonSchema } from '../openapi/schema.ts';
import { Html, markup } from './html.ts';
import { schemaRows, typeText } from './schema-rows.ts';
import { STYLE } from './style.ts';

/** Headers of the page: it has one style sheet and no other resources. */
export function pageHeaders(): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return {
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
}

/** An operation and where it is. */
interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** A group of operations. */
interface Group {
  readonly name: string;
  readonly description: string;
  readonly places: readonly Place[];
}

/** The schemas that are referred to, by name. */
type Known = Readonly<Record<string, JsonSchema>>;

/** An OpenAPI document as a readable page: without scripts and external resources. The prefix precedes paths in links. */
export function documentationPage({ info, tags, paths, components }: OpenApiDocument, prefix: string): string {
  const places = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = tags.map((tag) => ({ ...tag, places: places.filter(({ operation }) => operation.tags.includes(tag.name)) }));
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>${info.title}</h1>
<p>${info.description}</p>
<p>For programs: <a href="${prefix}/openapi.json">openapi.json</a>, <a href="${prefix}/openapi.yaml">openapi.yaml</a>.
In the commands <code>$REGISTRY</code> is the address of this page without <code>/docs</code>.</p>
</header>
<nav>
${groups.map(contents)}</nav>
<main>
${groups.map((group) => section(group, components.schemas))}</main>
</body>
</html>
`.text;
}

function contents({ name, places }: Group): Html {
  return markup`<p><strong>${name}</strong></p>
<ul>
${places.map(
  ({ path, method, operation }) =>
    markup`<li><a href="#${operation.operationId}"><code>${method} ${path}</code></a> ${operation.summary}</li>
`,
)}</ul>
`;
}

function section({ name, description, places }: Group, known: Known): Html {
  return markup`<section>
<h2>${name}</h2>
<p>${description}</p>
${places.map((place) => article(place, known))}</section>
`;
}

function article({ path, method, operation }: Place, known: Known): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return markup`<article id="${operationId}">
<h3><code class="method">${method}</code> <code>${path}</code></h3>
<p>${summary}</p>
${description === undefined ? undefined : paragraph(description)}<pre class="copy">${curlLine(method, path, operation)}</pre>
${parameters.length === 0 ? undefined : parameterTable(parameters)}${requestBody === undefined ? undefined : body(requestBody.content, known)}<h4>Answers</h4>
${Object.entries(responses).map(([status, response]) => answer(status, response, known))}</article>
`;
}

function paragraph(text: string): Html {
  return markup`<p>${text}</p>
`;
}

function body(content: Content, known: Known): Html {
  return markup`<h4>Body</h4>
${contentOf(content, known)}`;
}

function answer(status: string, { description, content = {} }: Operation['responses'][string], known: Known): Html {
  return markup`<details>
<summary><strong>${status}</strong> <span class="soft">${description}</span></summary>
${contentOf(content, known)}</details>
`;
}

function parameterTable(parameters: readonly Parameter[]): Html {
  return table(
    ['Parameter', 'Type', 'Meaning', 'Example'],
    parameters.map(({ name, in: place, schema, description, example }) => [
      markup`<code>${name}</code> <span class="soft">${place}</span>`,
      markup`${typeText(schema)}`,
      markup`${description}`,
      markup`${example === undefined ? undefined : markup`<code>${shown(example)}</code>`}`,
    ]),
  );
}

function contentOf(content: Content, known: Known): Html {
  return markup`${Object.entries(content).map(([type, { schema, example }]) => {
    const rows = schema === undefined ? [] : schemaRows(schema, known);
    return markup`<p><code>${type}</code></p>
${rows.length === 0 ? undefined : schemaTable(rows)}${
      example === undefined
        ? undefined
        : markup`<pre>${shown(example)}</pre>
`
    }`;
  })}`;
}

function schemaTable(rows: ReturnType<typeof schemaRows>): Html {
  return table(
    ['Field', 'Type', 'Meaning'],
    rows.map(({ path, type, required, description }) => [
      markup`<code>${path}</code>${required ? undefined : markup` <span class="soft">optional</span>`}`,
      markup`${type}`,
      markup`${description}`,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly Html[])[]): Html {
  return markup`<div class="table"><table>
<thead><tr>${head.map((title) => markup`<th>${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table></div>
`;
}

/** A command that can be run as it is: path parameters are filled with their examples. */
function curlLine(method: string, path: string, { parameters = [], requestBody }: Operation): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.example;
    return encodeURIComponent(typeof example === 'string' ? example : name);
  });
  const request = method === 'GET' ? '' : ` -X ${method}`;
  const sent = requestBody === undefined ? '' : " -H 'Content-Type: application/json' --data-binary @server.json";
  return `curl -s${request}${sent} "$REGISTRY${filled}"`;
}

function shown(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}
