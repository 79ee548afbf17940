/** An address that is safe to display: without user name and password, and without the query, which may contain tokens. */
export function shownUrl(address: string | URL): string {
  if (typeof address === 'string' && !URL.canParse(address)) return address.replace(/\/\/[^/?#\s]*@/, '//').replace(/[?#].*$/, '');
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/$/, '');
}

/** User name and password of an address as a header (RFC 7617), as curl sends them. */
export function basicAuth({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  return { authorization: `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}` };
}

/** Invalid percent-encoding is taken literally. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
