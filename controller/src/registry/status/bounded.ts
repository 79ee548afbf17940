/** Longest message in a status. The CRD allows 32,768 characters, and a status that it refuses is never written. */
const MAX_MESSAGE_LENGTH = 4_096;
/** Longest reason, by meta/v1 Condition. */
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]{0,1022}[A-Za-z0-9_])?$/;
/** Largest count: the CRD's are int32. */
const MAX_COUNT = 2_147_483_647;

/** Truncates a message that is too long: errors quote whole objects, and there may be many sources. */
export function boundedMessage(message: string): string {
  const cut = boundedText(message, MAX_MESSAGE_LENGTH);
  return message.length === cut.length ? cut : `${cut}… (${message.length - cut.length} more characters)`;
}

/** Truncates to so many characters without splitting one: the API server would store a replacement character, and each pass would see a difference. */
export function boundedText(text: string, max: number): string {
  const cut = text.slice(0, max);
  const halved = text.length > max && /[\uD800-\uDBFF]$/.test(cut);
  return (halved ? cut.slice(0, -1) : cut).toWellFormed();
}

/** A reason that the API allows. Pods and the Deployment controller write their own, and an odd one must not block the rest of the status. */
export function boundedReason(reason: string): string {
  return REASON.test(reason) ? reason : 'Unknown';
}

/** Limits a count to what the CRD can hold. */
export function boundedCount(count: number): number {
  return Math.min(count, MAX_COUNT);
}
