/** Longest sentence of a status. The CRD allows 32,768 characters, and a status that it refuses is never written. */
const MAX_MESSAGE_LENGTH = 4_096;
/** Of a condition's reason, as of meta/v1 Condition. */
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]{0,1022}[A-Za-z0-9_])?$/;
/** Largest count: the CRD's are int32. */
const MAX_COUNT = 2_147_483_647;

/** A sentence of which the end is left out when it is too long: errors quote whole objects, and sources are many. */
export function boundedMessage(message: string): string {
  const cut = boundedText(message, MAX_MESSAGE_LENGTH);
  return message.length === cut.length ? cut : `${cut}… (${message.length - cut.length} more characters)`;
}

/** At most so many characters, in which no character is half there: the API server would store another one, and each pass differ from it. */
export function boundedText(text: string, max: number): string {
  const cut = text.slice(0, max);
  const halved = text.length > max && /[\uD800-\uDBFF]$/.test(cut);
  return (halved ? cut.slice(0, -1) : cut).toWellFormed();
}

/** A reason that the API allows. Pods and the Deployment's controller write theirs, and an odd one must not keep the rest from being said. */
export function boundedReason(reason: string): string {
  return REASON.test(reason) ? reason : 'Unknown';
}

/** A count that the CRD can hold. */
export function boundedCount(count: number): number {
  return Math.min(count, MAX_COUNT);
}
