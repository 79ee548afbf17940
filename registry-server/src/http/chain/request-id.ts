/** A request id of a client or proxy is accepted if it is short and printable: it is written to the log and into a header. */
const ACCEPTABLE = /^[\x21-\x7e]{1,64}$/;

/** Creates request ids: `X-Request-Id` if it is usable, or else the prefix of this process and a number. */
export function createRequestIds(prefix: string): (given: string | string[] | undefined) => string {
  let made = 0;
  return (given) => {
    if (typeof given === 'string' && ACCEPTABLE.test(given)) return given;
    made += 1;
    return `${prefix}-${made.toString(36)}`;
  };
}
