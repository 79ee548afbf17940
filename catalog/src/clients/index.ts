export { clientOf, clientTitle } from './clients.ts';
export { CLIENTS, type Client } from './names.ts';
export type { Way } from './form.ts';
export { shellCommand, shellQuote } from './quote.ts';
export { clientSetup, type ClientSetup, type SetupOptions, type SetupUnavailable } from './setup.ts';
export type { TargetChoice } from '../launch/choice.ts';
export type { Input } from '../launch/input.ts';
export type { UnavailableReason } from '../launch/reading.ts';
export type { Answers } from '../launch/text.ts';
