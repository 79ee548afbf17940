import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { CLIENTS, clientSetup, type Answers } from './index.ts';
import { imageServer, named, positional, setupOf, commandLine } from './testing.ts';

const docker = (...runtimeArguments: JsonObject[]): JsonObject => imageServer({ runtimeArguments });
const option = (name: string, value: string): JsonObject => docker(named(name, { value }));

describe('an entry that gives its container access to the machine is refused by every client', () => {
  const paths = [
    '/',
    '/:',
    '/etc',
    '/var/run/docker.sock',
    '~/.ssh',
    './x',
    '../x',
    '$HOME',
    '%APPDATA%',
    String.raw`C:\x`,
    'c:/x',
    String.raw`\\.\pipe\docker_engine`,
  ];
  test.each<[string, JsonObject]>([
    ...paths.map((path) => [`-v ${path}`, option('-v', `${path}:/host`)] as [string, JsonObject]),
    ...paths.map((path) => [`--mount ${path}`, option('--mount', `type=bind,source=${path},target=/host`)] as [string, JsonObject]),
    ['read-only', option('--volume', '/:/host:ro')],
    ['in one word', docker(positional({ value: '--volume=/:/host' }))],
    ['in two words', docker(positional({ value: '-v' }), positional({ value: '/:/host' }))],
    ['a mount in other words', option('--mount', 'target=/host, SRC = /,"type=bind"')],
    ['a mount with its source quoted', option('--mount', 'type=bind,"source=/,x",target=/host')],
    ['a volume that stands for a path', option('--mount', 'type=volume,target=/host,volume-opt=type=none,volume-opt=device=/')],
    ['a path of a default', docker(named('-v', { value: '{dir}:/host', variables: { dir: { default: '/' } } }))],
    ['a default for all of it', docker(named('-v', { default: '/:/host' }))],
    [
      'a path of several defaults',
      docker(named('-v', { value: '{a}{b}:/host', variables: { a: { default: '/e' }, b: { default: 'tc' } } })),
    ],
    ['the network of the machine', option('--network', 'host')],
    ['the same by its other name', option('--net', 'HOST')],
    ['the same in one word', docker(positional({ value: '--network=host' }))],
    ['the same in long form', option('--network', 'alias=x,name=host')],
    ['the network of another container', option('--network', 'container:vault')],
    ['the network of a default', docker(named('--network', { default: 'host' }))],
    ['no seccomp', option('--security-opt', 'seccomp=unconfined')],
    ['no AppArmor', option('--security-opt', 'apparmor=unconfined')],
    ['no labels', option('--security-opt', 'label=disable')],
    ['new privileges', option('--security-opt', 'no-new-privileges=false')],
    ['--privileged', docker(named('--privileged'))],
    ['--privileged=true', docker(positional({ value: '--privileged=true' }))],
    ...['--pid', '--ipc', '--uts', '--userns', '--cgroupns'].flatMap((name): [string, JsonObject][] => [
      [`${name} host`, option(name, 'host')],
      [`${name}=host`, docker(positional({ value: `${name}=host` }))],
    ]),
    ['--cap-add', docker(positional({ value: '--cap-add=SYS_ADMIN' }))],
    ['--device', docker(positional({ value: '--device=/dev/mem' }))],
    ['--volumes-from', docker(positional({ value: '--volumes-from=vault' }))],
  ])('%s', (_, server) => {
    const reasons = CLIENTS.map((client) => clientSetup(server, client)).map((one) => (one.available ? one.ways : one.reason));
    expect(new Set(reasons)).toEqual(new Set(['options']));
  });

  test('the refusal says what it would get, and what to do', () => {
    expect(clientSetup(option('-v', '/:/host'), 'claude')).toMatchObject({
      message: 'The image ghcr.io/example/weather:1.2.3: Its option -v gives the container the path / of the machine that it runs on.',
      remedy: 'Read the documentation of the server, and write the command yourself if you trust it.',
    });
    expect(clientSetup(docker(named('-v', { value: '{dir}:/d', variables: { dir: { default: '/srv' } } })), 'claude')).toMatchObject({
      remedy: 'Give a value of your own for dir.',
    });
    expect(clientSetup(docker(named('--privileged')), 'claude')).toMatchObject({
      message: expect.stringContaining(
        '"runtimeArguments" has --privileged, which gives the container the machine that it runs on.',
      ) as unknown,
    });
  });
});

describe("the user's own choices are passed on, with a warning", () => {
  const opened = 'The container is given more than its own file system and network, by';
  test.each<[string, JsonObject, Answers, string, string]>([
    [
      'a path that is asked for',
      docker(named('-v', { value: '{dir}:/d', variables: { dir: { isRequired: true } } })),
      {},
      '-v <dir>:/d',
      '-v',
    ],
    [
      'the rest of a path',
      docker(named('-v', { value: '/srv/{dir}:/d', variables: { dir: { isRequired: true } } })),
      {},
      '-v /srv/<dir>:/d',
      '-v',
    ],
    [
      'an answer in place of a default',
      docker(named('-v', { value: '{dir}:/d', variables: { dir: { default: '/' } } })),
      { dir: '/srv/x' },
      '-v /srv/x:/d',
      '-v',
    ],
    ['a volume', option('-v', 'data:/d'), {}, '-v data:/d', '-v'],
    ['a volume without a name', option('-v', '/d'), {}, '-v /d', '-v'],
    [
      'a volume by --mount',
      option('--mount', 'type=volume,source=data,target=/d'),
      {},
      '--mount type=volume,source=data,target=/d',
      '--mount',
    ],
    ['no network', option('--network', 'none'), {}, '--network none', '--network'],
    [
      'an answer that is the network of the machine',
      docker(named('--network', { default: 'bridge' })),
      { network: 'host' },
      '--network host',
      '--network',
    ],
    ['less privileges', option('--security-opt', 'no-new-privileges:true'), {}, '--security-opt no-new-privileges:true', '--security-opt'],
  ])('%s', (_, server, answers, line, by) => {
    expect(commandLine(server, answers)).toBe(`docker run -i --rm ${line} ghcr.io/example/weather:1.2.3`);
    expect(setupOf('json', server, answers).warnings).toContain(`${opened} ${by}: read these options.`);
  });

  test('an option without a value opens nothing', () => {
    const server = docker(named('-v', { value: '/srv/{dir}:/d', variables: { dir: {} } }));
    expect(commandLine(server)).toBe('docker run -i --rm ghcr.io/example/weather:1.2.3');
  });
});
