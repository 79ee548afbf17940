/**
 * Whether a name would not arrive as one segment of a path. The URL parser takes `.` and `..` for places, also written as `%2E` (WHATWG URL, double-dot URL path
 * segment), and the API server's proxy decodes `%2F` before it cleans the path, so that a part of a name is taken so, too.
 */
export function hasDotSegment(name: string): boolean {
  return name.split('/').some((part) => part === '.' || part === '..');
}
