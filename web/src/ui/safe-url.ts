/** A URL that is safe to link: http and https only, without credentials. Undefined: it is shown as text. */
export function safeUrl(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text.trim())) return undefined;
  const { protocol, username, password, href } = new URL(text.trim());
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? href : undefined;
}
