/** A valid namespace name: a DNS label (RFC 1123). */
export const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
