/** What the answer to `GET /` depends on: the page or JSON, and the prefix of links. */
export const VARY_ON_PAGE = { Vary: 'Accept, X-Forwarded-Prefix' } as const;

/** What the page may do; all else is refused by the browser. */
const CONTENT_SECURITY_POLICY = [
  // Nothing but what follows.
  "default-src 'none'",
  // Its own files, and no script or style within the document: texts of a catalog that became markup would run nothing.
  "script-src 'self'",
  "style-src 'self'",
  // Its icon is in the document. Pictures of other hosts would tell them who reads what.
  "img-src 'self' data:",
  // It asks this registry and nobody else.
  "connect-src 'self'",
  // Its own `base` element, below an ingress; one that leads elsewhere is ignored.
  "base-uri 'self'",
  // It sends no forms: text that became one could not carry anything away.
  "form-action 'none'",
  // No other page shows it within itself and has a reader click on what is not seen.
  "frame-ancestors 'none'",
  // Markup is made from text by DOMPurify, which cleans it, and by nothing else, by mistake either (W3C, Trusted Types).
  "require-trusted-types-for 'script'",
  'trusted-types dompurify',
].join('; ');

/**
 * Features of browsers that ask for a permission or reach a device. All are off. Writing to the clipboard is not among them: it copies commands. Nor are
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

/** Files are what their type says, whatever they look like. */
export const NO_SNIFFING = { 'X-Content-Type-Options': 'nosniff' } as const;

/** Headers of the document. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  ...NO_SNIFFING,
  // Who follows a link tells nobody where the registry is.
  'Referrer-Policy': 'no-referrer',
  // A page of another origin that opened this one, or was opened by it, has no hold on its window.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': FEATURES.map((feature) => `${feature}=()`).join(', '),
} as const;
