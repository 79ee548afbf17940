/** Headers that the answer to `GET /` depends on: for the page or JSON, and for the prefix of links. */
export const VARY_ON_PAGE = { Vary: 'Accept, X-Forwarded-Prefix' } as const;

/** The policy of the page; the browser refuses everything else. */
const CONTENT_SECURITY_POLICY = [
  // Nothing but what follows.
  "default-src 'none'",
  // Only its own files, no inline scripts or styles: injected markup could not run anything.
  "script-src 'self'",
  "style-src 'self'",
  // Its icon is inline. Images from other hosts would tell them who reads what.
  "img-src 'self' data:",
  // It connects only to this registry.
  "connect-src 'self'",
  // Its own `base` element behind an ingress; any other is ignored.
  "base-uri 'self'",
  // It has no forms: an injected one could not send anything.
  "form-action 'none'",
  // No other page may frame it (clickjacking).
  "frame-ancestors 'none'",
  // Only DOMPurify, which sanitizes it, may turn text into markup (W3C, Trusted Types).
  "require-trusted-types-for 'script'",
  'trusted-types dompurify',
].join('; ');

/**
 * Browser features that need a permission or access a device. All are off. Writing to the clipboard is not listed: the page copies commands. Nor are
 * `bluetooth` and `web-share`, of which Chromium on Linux complains as unknown.
 */
const FEATURES = [
  'accelerometer',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;

/** Browsers must trust the declared type of files. */
export const NO_SNIFFING = { 'X-Content-Type-Options': 'nosniff' } as const;

/** Headers of the document. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  ...NO_SNIFFING,
  // Links do not reveal the address of the registry.
  'Referrer-Policy': 'no-referrer',
  // Pages of other origins have no access to its window.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': FEATURES.map((feature) => `${feature}=()`).join(', '),
} as const;
