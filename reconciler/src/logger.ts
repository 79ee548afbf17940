/** What the framework needs from a structured logger; pino's loggers fit as they are. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * A logger that writes warnings and errors to standard error, one line each, followed by the stack of an error: the default wherever a logger is optional, so
 * that nothing fails unnoticed.
 */
export function stderrLogger(write: (text: string) => unknown = (text) => process.stderr.write(text)): Logger {
  const nothing = (): void => undefined;
  const line =
    (level: string) =>
    (fields: object, message: string): void => {
      const { err, ...rest } = fields as { err?: unknown };
      const details = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
      const cause = err === undefined ? '' : `\n  ${err instanceof Error ? (err.stack ?? err.message) : JSON.stringify(err)}`;
      write(`${level} ${message}${details}${cause}\n`);
    };
  return { debug: nothing, info: nothing, warn: line('WARN'), error: line('ERROR') };
}

/** A logger that discards everything. */
export function silentLogger(): Logger {
  const nothing = (): void => undefined;
  return { debug: nothing, info: nothing, warn: nothing, error: nothing };
}

/** A logger that adds `fields` to every line. */
export function withFields(logger: Logger, fields: object): Logger {
  return {
    debug: (own, message) => logger.debug({ ...fields, ...own }, message),
    info: (own, message) => logger.info({ ...fields, ...own }, message),
    warn: (own, message) => logger.warn({ ...fields, ...own }, message),
    error: (own, message) => logger.error({ ...fields, ...own }, message),
  };
}
