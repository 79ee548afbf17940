export { eventually } from './eventually.ts';
export { FakeApi } from './fake-api.ts';
export type { Fault, InitialEventsSupport, RequestClass, SeenRequest } from './fake-api.ts';
export { ManualClock } from './manual-clock.ts';
export { selfSigned } from './self-signed.ts';
export type { SelfSigned } from './self-signed.ts';
