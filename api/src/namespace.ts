/** What a namespace may be called: a label of DNS (RFC 1123). */
export const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
