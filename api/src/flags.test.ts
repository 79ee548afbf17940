import { describe, expect, test } from '@jest/globals';
import { helpText, readFlags, type FlagSpecs } from './flags.ts';

const specs = {
  config: { type: 'string', help: 'a file', required: true },
  seconds: { type: 'string', help: 'a time', fallback: '0' },
  note: { type: 'string', help: 'a text' },
  kubeconfig: { type: 'string', help: 'a file', variable: false },
  'log-level': { type: 'string', help: 'a level', fallback: 'info', choices: ['debug', 'info', 'warn'] },
  'log-format': { type: 'string', help: 'a format', fallback: 'json', choices: ['json', 'pretty'] },
  quiet: { type: 'boolean', help: 'say less' },
  elect: { type: 'boolean', help: 'elect', fallback: 'true' },
} as const satisfies FlagSpecs;

function read(args: string[], env: Record<string, string> = {}): Record<string, unknown> {
  const invocation = readFlags(specs, ['--config', 'c', ...args], env);
  if (invocation.kind !== 'run') throw new Error(invocation.kind);
  return invocation.flags;
}

describe('a value', () => {
  test.each<[what: string, args: string[], env: Record<string, string>, expected: Record<string, unknown>]>([
    ['comes from the flag', ['--seconds', '5'], { SECONDS: '7' }, { seconds: '5' }],
    ['or else from the variable', [], { SECONDS: '7' }, { seconds: '7' }],
    ['or else is the default', [], {}, { seconds: '0', note: undefined, quiet: false }],
    ['of a variable that is empty is the default', [], { SECONDS: '', LOG_LEVEL: '', QUIET: '' }, { seconds: '0', 'log-level': 'info' }],
    ['that is optional may be empty', ['--note', ''], { NOTE: 'x' }, { note: undefined }],
    [
      'may be in capitals where there are choices',
      [],
      { LOG_LEVEL: 'INFO', LOG_FORMAT: 'Pretty' },
      { 'log-level': 'info', 'log-format': 'pretty' },
    ],
    ['in capitals elsewhere stays', ['--note', 'INFO'], {}, { note: 'INFO' }],
    ['warning means warn', [], { LOG_LEVEL: 'warning' }, { 'log-level': 'warn' }],
    ['WARNING too', ['--log-level', 'WARNING'], {}, { 'log-level': 'warn' }],
    ['without its own variable ignores it', [], { KUBECONFIG: 'a:b' }, { kubeconfig: undefined }],
    ['of a switch is its default', [], {}, { quiet: false, elect: true }],
    ['of a switch may be written behind it', ['--quiet=true', '--elect=false'], {}, { quiet: true, elect: false }],
    ['of a switch may be turned round', ['--no-elect'], { ELECT: 'true' }, { elect: false }],
    ['of a switch may come from its variable', [], { ELECT: 'no' }, { elect: false }],
    ['yes and no are booleans', [], { QUIET: 'YES' }, { quiet: true }],
  ])('%s', (_, args, env, expected) => {
    expect(read(args, env)).toMatchObject(expected);
  });

  test.each<[what: string, args: string[], env: Record<string, string>, message: string]>([
    ['empty where there is a default', ['--seconds', ''], {}, '--seconds is ""; leave it out for 0, or give it a value'],
    ['empty where there are choices', ['--log-level='], {}, '--log-level is ""; leave it out for info'],
    ['that is no choice', [], { LOG_LEVEL: 'loud' }, '--log-level is "loud"; use one of debug, info, warn'],
    ['warning where there is no such choice', ['--log-format', 'warning'], {}, '--log-format is "warning"'],
    ['like a key of the prototype', ['--log-level', 'constructor'], {}, '--log-level is "constructor"'],
    ['required and empty', ['--config', ''], {}, '--config is missing (or environment variable CONFIG)'],
  ])('%s is refused', (_, args, env, message) => {
    expect(() => read(args, env)).toThrow(message);
  });
});

test('the help names the variable of a flag that has one', () => {
  const help = helpText('Usage', 'About', specs);
  expect(help).toContain('[LOG_LEVEL]');
  expect(help).not.toContain('[KUBECONFIG]');
});
