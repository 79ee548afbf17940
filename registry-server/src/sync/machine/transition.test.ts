import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { SyncEvent } from './events.ts';
import type { FetchOutcome } from './outcome.ts';
import { initialState, isSyncing } from './state.ts';
import { configurationFor, data, Machine, servedBefore, sourcesNamed } from './testing.ts';
import { BUILD_WAIT_MS } from './build.ts';
import { REBUILD_AFTER_MS } from './built.ts';

const staged = (word: string): FetchOutcome => ({ kind: 'staged', data: data(word) });
const away: FetchOutcome = { kind: 'failed', failure: { reason: 'SourceNotFound', message: 'is away' } };
const slow: FetchOutcome = { kind: 'failed', failure: { reason: 'Timeout', message: 'no answer' } };

function machineFor(names: readonly string[], fields: Record<string, unknown> = {}): Machine {
  return new Machine(configurationFor(sourcesNamed(names, fields)));
}

describe('the first catalog', () => {
  test('is built once every source has answered', () => {
    const machine = machineFor(['a', 'b']).send({ kind: 'started' });
    expect(machine.effects()).toEqual(['fetch a', 'fetch b']);
    machine.answer('a', staged('a'));
    expect(machine.effects()).toEqual([]);
    machine.answer('b', away);
    expect(machine.effects()).toEqual(['build a']);
  });

  test('waits for a source that hangs only so long', () => {
    const machine = machineFor(['a', 'hangs']).send({ kind: 'started' }).answer('a', staged('a'));
    machine.pass(BUILD_WAIT_MS.newcomers - 1);
    expect(machine.effects()).toEqual(['fetch a', 'fetch hangs']);
    machine.pass(1);
    expect(machine.effects()).toEqual(['build a']);
    machine.build('h');
    expect(machine.effects()).toEqual(['announce', 'save']);
    expect(machine.source('a').state).toBe('ok');
    expect(machine.source('hangs').state).toBe('pending');
  });

  test('is served without a source that is refused', () => {
    const machine = machineFor(['a', 'b']).send({ kind: 'started' }).answer('a', staged('a')).answer('b', staged('b')).build('h', ['b']);
    expect(machine.source('b')).toMatchObject({ state: 'failed', error: { reason: 'DataInvalid' }, failures: 1 });
    expect(machine.source('b').memory).toBeUndefined();
    expect(machine.source('a').memory?.hash).toBe('hash of a');
  });
});

describe('a change', () => {
  test('is built with others that come at the same time, and does not wait for one that hangs', () => {
    const machine = machineFor(['a', 'b', 'c']).settle();
    for (const source of ['a', 'b', 'c']) machine.send({ kind: 'changed', source });
    expect(machine.effects()).toEqual(['fetch a known validator of a', 'fetch b known validator of b', 'fetch c known validator of c']);
    machine.answer('a', staged('a2')).answer('b', staged('b2')).pass(BUILD_WAIT_MS.others);
    expect(machine.effects()).toEqual(['build a b']);
    machine.build('second');
    expect(machine.effects()).toEqual(['announce', 'save']);
    expect(machine.source('c').activity.kind).toBe('fetching');
  });

  test('of a source that is being asked has it asked once more, however many there were', () => {
    const machine = machineFor(['a']).settle();
    for (let count = 0; count < 5; count += 1) machine.send({ kind: 'changed', source: 'a' });
    expect(machine.effects()).toEqual(['fetch a known validator of a']);
    machine.answer('a', staged('a2'));
    expect(machine.effects()).toEqual(['build a']);
    machine.build('second');
    expect(machine.effects()).toEqual(['fetch a known validator of a2', 'announce', 'save']);
    machine.answer('a', { kind: 'unchanged' });
    expect(isSyncing(machine.state)).toBe(false);
  });

  test('while a build runs is built afterwards', () => {
    const machine = machineFor(['a', 'b']).settle();
    machine.send({ kind: 'changed', source: 'a' }).answer('a', staged('a2'));
    machine.send({ kind: 'changed', source: 'b' }).answer('b', staged('b2'));
    expect(machine.effects()).toEqual(['fetch a known validator of a', 'build a', 'fetch b known validator of b']);
    machine.build('second');
    expect(machine.effects()).toEqual(['build b', 'announce', 'save']);
  });

  test('of a source with a manual policy waits for a request', () => {
    const machine = machineFor(['a'], { syncPolicy: { type: 'manual' } }).settle();
    machine.send({ kind: 'changed', source: 'a' });
    expect(machine.effects()).toEqual([]);
    machine.send({ kind: 'requested', sources: ['a'] });
    expect(machine.effects()).toEqual(['fetch a known validator of a']);
  });
});

describe('an answer', () => {
  test('that nothing changed costs no build', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'requested', sources: ['a'] }).answer('a', { kind: 'unchanged' });
    expect(machine.effects()).toEqual(['fetch a known validator of a', 'announce', 'save']);
    expect(machine.state.history.at(-1)).toMatchObject({ type: 'manual', result: 'completed', hash: 'first' });
  });

  test('with the last good data ends a failure, and is known by its new validator', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'changed', source: 'a' }).answer('a', away);
    expect(machine.source('a')).toMatchObject({ state: 'failed', error: { reason: 'SourceNotFound' }, memory: { hash: 'hash of a' } });
    machine.send({ kind: 'changed', source: 'a' }).answer('a', { kind: 'same', data: { ...data('a'), validator: 'another' } });
    expect(machine.source('a')).toMatchObject({ state: 'ok', failures: 0, known: 'another' });
    expect(machine.effects()).not.toContain('build a');
  });

  test('that was refused is refused again without being built while the source says that it is the same', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'changed', source: 'a' }).answer('a', staged('bad')).build('first', ['a']).effects();
    machine.send({ kind: 'requested', sources: ['a'] });
    expect(machine.effects()).toEqual(['fetch a known validator of bad']);
    machine.answer('a', { kind: 'unchanged' });
    expect(machine.source('a')).toMatchObject({
      state: 'failed',
      error: { message: 'a is bad' },
      failures: 2,
      memory: { hash: 'hash of a' },
    });
    expect(machine.effects()).toEqual(['announce', 'save']);
  });

  test('that was refused comes again when the rules change', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'changed', source: 'a' }).answer('a', staged('bad')).build('first', ['a']).effects();
    machine.send({ kind: 'configured', configuration: configurationFor({ ...sourcesNamed(['a']), validation: 'strict' }) });
    expect(machine.effects()).toContain('fetch a');
  });

  test('to a question that is given up counts for nothing', () => {
    const machine = machineFor(['a']).settle().send({ kind: 'changed', source: 'a' });
    const { activity } = machine.source('a');
    const elsewhere = configurationFor({ sources: [{ name: 'a', configmap: { name: 'elsewhere' } }] });
    machine.effects();
    machine.send({ kind: 'configured', configuration: elsewhere });
    // Not with the validator of the other place; its data are served until there are new ones.
    expect(machine.effects()).toEqual(['abandon', 'fetch a']);
    expect(machine.source('a').memory?.hash).toBe('hash of a');
    const attempt = activity.kind === 'fetching' ? activity.attempt : -1;
    machine.send({ kind: 'fetched', source: 'a', attempt, outcome: away });
    expect(machine.source('a').state).toBe('ok');
  });
});

describe('the manifest', () => {
  test('with another filter is acted upon without asking anybody', () => {
    const machine = machineFor(['a', 'b']).settle();
    machine.send({ kind: 'configured', configuration: configurationFor({ ...sourcesNamed(['a', 'b']), filter: { exclude: ['x'] } }) });
    expect(machine.effects()).toEqual(['build']);
    machine.build('filtered');
    expect(machine.effects()).toEqual(['announce', 'save']);
    expect(machine.state.history.at(-1)).toMatchObject({ type: 'automatic', hash: 'filtered' });
  });

  test('with a source more asks that one only, and without one forgets its data', () => {
    const machine = machineFor(['a', 'b']).settle();
    machine.send({ kind: 'configured', configuration: configurationFor(sourcesNamed(['a', 'c'])) });
    expect(machine.effects()).toEqual(['fetch c']);
    expect([...machine.state.sources.keys()]).toEqual(['a', 'c']);
    // What is served stays until the new source has answered: it may be the old one by another name.
    machine.answer('c', staged('c'));
    expect(machine.effects()).toEqual(['build c']);
  });

  test('with a source more that does not answer is acted upon after a while', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'configured', configuration: configurationFor(sourcesNamed(['a', 'hangs'])) }).effects();
    machine.pass(BUILD_WAIT_MS.newcomers - 1);
    expect(machine.effects()).toEqual([]);
    machine.pass(1);
    expect(machine.effects()).toEqual(['build']);
  });

  test.each<[string, outcome: FetchOutcome]>([
    ['unchanged', { kind: 'unchanged' }],
    ['the same', { kind: 'same', data: data('a') }],
  ])('that refuses the last good data keeps refusing them when the source reports them as %s, also after a restart', (_, outcome) => {
    const strict = configurationFor({ ...sourcesNamed(['a']), validation: 'strict' });
    const machine = machineFor(['a']).settle().send({ kind: 'configured', configuration: strict });
    machine.build('second', ['a']);
    expect(machine.source('a')).toMatchObject({ state: 'failed', error: { reason: 'DataInvalid' }, dueAt: expect.any(Number) });
    expect(machine.state.history.at(-1)).toMatchObject({ result: 'failed' });
    machine.send({ kind: 'requested', sources: ['a'] }).answer('a', outcome);
    expect(machine.source('a')).toMatchObject({ state: 'failed', error: { message: 'a is bad' }, memory: { hash: 'hash of a' } });
    const { memory, refusal } = machine.source('a');
    if (memory === undefined || refusal === undefined) throw new Error('nothing is remembered');
    const stored = {
      registry: { name: 'test', namespace: 'default' },
      rulesHash: strict.plan.rulesHash,
      snapshotHash: 'second',
      sources: { a: { ...memory, refusal: refusal.failure } },
      lastChangeTime: null,
      lastSyncTrigger: null,
      history: [],
    };
    const again = new Machine(strict, initialState(strict, stored, servedBefore('second'))).send({
      kind: 'started',
    });
    expect(again.source('a')).toMatchObject({ state: 'failed' });
    again.answer('a', outcome);
    expect(again.source('a')).toMatchObject({ state: 'failed', error: { message: 'a is bad' } });
    // Other rules that take them end it.
    again.effects();
    again.send({ kind: 'configured', configuration: configurationFor(sourcesNamed(['a'])) });
    expect(again.effects()).toEqual(['build']);
    again.build('third');
    expect(again.source('a')).toMatchObject({ state: 'ok', failures: 0 });
  });

  test('that cannot be used changes nothing', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'configured', configuration: { ...machine.state.configuration, problem: 'no YAML' } });
    expect(machine.effects()).toEqual([]);
  });

  test('with a sync-source that names no source says so, and asks those that there are', () => {
    const machine = machineFor(['a', 'b']).settle();
    const annotations = { 'toolhive.stacklok.dev/sync-trigger': 'now', 'toolhive.stacklok.dev/sync-source': 'b,nobody' };
    machine.send({ kind: 'configured', configuration: configurationFor(sourcesNamed(['a', 'b']), annotations) });
    expect(machine.effects()).toEqual(['unknownSources', 'fetch b known validator of b']);
  });

  test('with a new sync-trigger asks every source, and is done with it when the last one is', () => {
    const spec = sourcesNamed(['a', 'b'], { syncPolicy: { type: 'manual' } });
    const machine = new Machine(configurationFor(spec)).settle();
    machine.send({ kind: 'configured', configuration: configurationFor(spec, { 'toolhive.stacklok.dev/sync-trigger': 'now' }) });
    expect(machine.effects()).toEqual(['fetch a known validator of a', 'fetch b known validator of b']);
    machine.answer('a', { kind: 'unchanged' });
    expect(machine.state.lastSyncTrigger).toBeNull();
    machine.answer('b', { kind: 'unchanged' });
    expect(machine.state).toMatchObject({ lastSyncTrigger: 'now', history: [{}, { type: 'manual' }] });
    machine.send({ kind: 'configured', configuration: machine.state.configuration });
    expect(machine.effects()).toEqual(['announce', 'save']);
  });
});

describe('time', () => {
  const policy = { interval: '10m', retryPolicy: { maxAttempts: 2, backoffInterval: '30s', backoffMultiplier: '2' } };

  test('an interval is kept, each source for itself', () => {
    const sources = [
      { name: 'often', configmap: { name: 'x' }, syncPolicy: { interval: '1m' } },
      { name: 'rarely', configmap: { name: 'y' }, syncPolicy: { interval: '1h' } },
    ];
    const machine = new Machine(configurationFor({ sources })).settle();
    machine.pass(59_999);
    expect(machine.effects()).toEqual([]);
    machine.pass(1);
    expect(machine.effects()).toEqual(['fetch often known validator of often']);
  });

  test('an interval is kept through any number of polls that find nothing new, and a source that is polled more often starves no other', () => {
    const sources = [
      { name: 'often', configmap: { name: 'x' }, syncPolicy: { interval: '5s' } },
      { name: 'later', configmap: { name: 'y' }, syncPolicy: { interval: '20s' } },
    ];
    const machine = new Machine(configurationFor({ sources })).settle();
    const fetches = { often: 0, later: 0 };
    for (let second = 0; second < 60; second += 1) {
      machine.pass(1_000);
      for (const effect of machine.effects()) {
        const [, name] = /^fetch (often|later) /.exec(effect) ?? [];
        if (name !== 'often' && name !== 'later') continue;
        fetches[name] += 1;
        machine.answer(name, { kind: 'unchanged' });
      }
    }
    expect(fetches).toEqual({ often: 12, later: 3 });
  });

  test('a failure is tried again by the policy, then by the interval', () => {
    const machine = machineFor(['a'], { syncPolicy: policy }).send({ kind: 'started' });
    const times: number[] = [];
    let last = machine.tick;
    for (let count = 0; count < 4; count += 1) {
      machine.answer('a', slow).effects();
      while (machine.effects().length === 0) machine.pass(1_000);
      times.push(machine.tick - last);
      last = machine.tick;
    }
    expect(times).toEqual([30_000, 60_000, 600_000, 600_000]);
    expect(machine.source('a').failures).toBe(4);
  });

  test('one that hangs delays no other: changes are served and retries happen meanwhile', () => {
    const machine = machineFor(['hangs', 'a', 'fails'], { syncPolicy: policy }).settle();
    machine.send({ kind: 'changed', source: 'hangs' }).send({ kind: 'changed', source: 'fails' }).answer('fails', away).effects();
    machine.pass(30_000);
    expect(machine.effects()).toEqual(['fetch fails known validator of fails']);
    machine.answer('fails', away).send({ kind: 'changed', source: 'a' }).answer('a', staged('a2')).pass(BUILD_WAIT_MS.others);
    expect(machine.effects()).toEqual(['fetch a known validator of a', 'build a']);
    expect(machine.source('hangs').activity.kind).toBe('fetching');
  });
});

describe('a build that fails', () => {
  test('for lack of memory tries several new ones one by one, and refuses the one that is too much', () => {
    const machine = machineFor(['large', 'small']).settle();
    for (const source of ['large', 'small']) machine.send({ kind: 'changed', source });
    for (const source of ['large', 'small']) machine.answer(source, staged(`${source}2`));
    expect(machine.effects()).toContain('build large small');
    const tooMuch: SyncEvent = { kind: 'built', result: { kind: 'outOfMemory', message: 'too much' } };
    machine.send(tooMuch);
    expect(machine.effects()).toEqual(['build large']);
    machine.send(tooMuch);
    expect(machine.effects()).toEqual(['build small', 'announce', 'save']);
    machine.build('second');
    expect(machine.source('large')).toMatchObject({ state: 'failed', error: { reason: 'DataInvalid', message: 'too much' } });
    expect(machine.source('small')).toMatchObject({ state: 'ok', memory: { hash: 'hash of small2' } });
  });

  test('without a source at fault is reported, and retried', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'configured', configuration: configurationFor({ ...sourcesNamed(['a']), filter: { exclude: ['x'] } }) }).effects();
    machine.send({ kind: 'built', result: { kind: 'failed', message: 'no memory', lost: [] } });
    expect(machine.state).toMatchObject({ problem: { message: 'no memory' } });
    expect(machine.state.history.at(-1)).toMatchObject({ result: 'failed', errorMessage: 'no memory' });
    expect(machine.effects()).toEqual(['announce', 'save']);
    machine.pass(REBUILD_AFTER_MS);
    expect(machine.effects()).toEqual(['build']);
    machine.build('filtered');
    expect(machine.state.problem).toBeUndefined();
  });

  test('because of missing last good data fetches them again completely', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'configured', configuration: configurationFor({ ...sourcesNamed(['a']), filter: { exclude: ['x'] } }) }).effects();
    machine.send({ kind: 'built', result: { kind: 'failed', message: 'gone', lost: ['a'] } });
    expect(machine.effects()).toEqual(['fetch a', 'announce', 'save']);
    machine.answer('a', staged('a'));
    expect(machine.effects()).toEqual(['build a']);
  });

  test('since last good data are gone keeps what is new, and is not tried over and over', () => {
    const machine = machineFor(['a', 'b', 'c']).settle();
    machine.send({ kind: 'changed', source: 'c' }).answer('c', staged('c2')).effects();
    machine.send({ kind: 'built', result: { kind: 'failed', message: 'gone', lost: ['a', 'b'] } });
    expect(machine.effects()).toEqual(['fetch a', 'fetch b', 'announce', 'save']);
    machine.answer('a', staged('a')).answer('b', away);
    expect(machine.effects()).toEqual([]);
    machine.send({ kind: 'changed', source: 'b' }).answer('b', staged('b'));
    expect(machine.effects()).toEqual(['fetch b', 'build a b c']);
  });

  test('with new data has them fetched again after a while', () => {
    const machine = machineFor(['a']).settle();
    machine.send({ kind: 'changed', source: 'a' }).answer('a', staged('a2')).effects();
    machine.send({ kind: 'built', result: { kind: 'failed', message: 'the disk is broken', lost: [] } }).effects();
    machine.pass(REBUILD_AFTER_MS);
    expect(machine.effects()).toEqual(['fetch a']);
    machine.answer('a', { kind: 'same', data: data('a') });
    expect(machine.state.problem).toBeUndefined();
  });
});

test('what was remembered is asked with what is known of it, and served until there is an answer', () => {
  const configuration = configurationFor(sourcesNamed(['a']));
  const stored = {
    registry: { name: 'test', namespace: 'default' },
    rulesHash: configuration.plan.rulesHash,
    snapshotHash: 's',
    sources: { a: { hash: 'h', lastSuccessTime: '2026-01-01T00:00:00Z', validator: 'v', files: { 'a/registry.json': 'f' } } },
    lastChangeTime: null,
    lastSyncTrigger: null,
    history: [],
  };
  const machine = new Machine(configuration, initialState(configuration, stored, servedBefore('s'))).send({
    kind: 'started',
  });
  expect(machine.effects()).toEqual(['fetch a known v']);
  expect(machine.source('a')).toMatchObject({ state: 'ok', files: { 'a/registry.json': 'f' } });
  machine.answer('a', { kind: 'unchanged' });
  expect(machine.effects()).toEqual(['announce', 'save']);
});

test('nothing happens once it is stopped', () => {
  const machine = machineFor(['a']).settle().send({ kind: 'stopped' });
  machine.effects();
  machine
    .send({ kind: 'changed', source: 'a' })
    .send({ kind: 'requested', sources: ['a'] })
    .pass(3_600_000);
  expect(machine.effects()).toEqual([]);
});

describe('whatever happens', () => {
  const names = ['a', 'b', 'c'];
  const configurations = [
    configurationFor(sourcesNamed(names)),
    configurationFor(sourcesNamed(['a', 'c'])),
    configurationFor({ ...sourcesNamed(names), filter: { exclude: ['x'] } }),
    configurationFor(sourcesNamed(names, { syncPolicy: { interval: '1m' } })),
    configurationFor({ sources: names.map((name) => ({ name, configmap: { name: `${name}-elsewhere` } })) }),
  ];
  const name = fc.constantFrom(...names);
  const outcome = fc.oneof(
    fc.constant<FetchOutcome>({ kind: 'unchanged' }),
    fc.constant(away),
    fc.nat(3).map((word): FetchOutcome => staged(String(word))),
    fc.nat(3).map((word): FetchOutcome => ({ kind: 'same', data: data(String(word)) })),
  );
  const step = fc.oneof(
    fc.record({ do: fc.constant('change' as const), name }),
    fc.record({ do: fc.constant('request' as const), name }),
    fc.record({ do: fc.constant('configure' as const), index: fc.nat(configurations.length - 1) }),
    fc.record({ do: fc.constant('answer' as const), name, outcome }),
    fc.record({
      do: fc.constant('build' as const),
      refused: fc.subarray(names),
      how: fc.constantFrom('done', 'done', 'outOfMemory', 'failed'),
    }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 120_000 }) }),
  );

  test('no source is asked twice at once, one build runs at a time, and all wishes are granted in the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const machine = new Machine(configurations[0] ?? configurationFor(sourcesNamed(names))).send({ kind: 'started' });
        const wanted = new Set(names);
        const asked = (): void => {
          for (const effect of machine.effects()) if (effect.startsWith('fetch ')) wanted.delete(effect.split(' ')[1] ?? '');
          for (const gone of wanted) if (!machine.state.sources.has(gone)) wanted.delete(gone);
        };
        const isIdle = (source: string): boolean => machine.state.sources.get(source)?.activity.kind === 'idle';
        const isAsked = (source: string): boolean => machine.state.sources.get(source)?.activity.kind === 'fetching';
        asked();
        for (const one of steps) {
          const before = machine.state.attempts;
          const idle = names.filter(isIdle);
          if (one.do === 'change') {
            wanted.add(one.name);
            machine.send({ kind: 'changed', source: one.name });
            // An idle source is asked at once, a busy one is not asked a second time.
            expect(machine.state.attempts - before).toBe(idle.includes(one.name) ? 1 : 0);
          }
          if (one.do === 'request') machine.send({ kind: 'requested', sources: [one.name] });
          if (one.do === 'configure')
            machine.send({ kind: 'configured', configuration: configurations[one.index] ?? machine.state.configuration });
          if (one.do === 'answer' && isAsked(one.name)) machine.answer(one.name, one.outcome);
          if (one.do === 'build' && machine.state.build !== undefined) {
            if (one.how === 'done')
              machine.build(
                'h',
                one.refused.filter((source) => machine.state.sources.get(source)?.activity.kind === 'building'),
              );
            else if (one.how === 'failed') machine.send({ kind: 'built', result: { kind: 'failed', message: 'x', lost: one.refused } });
            else machine.send({ kind: 'built', result: { kind: 'outOfMemory', message: 'x' } });
          }
          if (one.do === 'pass') machine.pass(one.ms);
          asked();
          const building = [...machine.state.sources.values()].filter(({ activity }) => activity.kind === 'building');
          if (machine.state.build === undefined) expect(building).toEqual([]);
        }
        // From here on everyone answers.
        for (let count = 0; count < 40 && isSyncing(machine.state); count += 1) {
          if (machine.state.build !== undefined) machine.build('end');
          else if (!names.some(isAsked)) machine.pass(REBUILD_AFTER_MS);
          for (const source of names) if (isAsked(source)) machine.answer(source, staged(`${source} at the end`));
          asked();
        }
        expect(isSyncing(machine.state)).toBe(false);
        expect([...wanted]).toEqual([]);
        expect(machine.state.round).toBeUndefined();
        for (const source of machine.state.sources.values()) expect(source.activity).toEqual({ kind: 'idle' });
      }),
      { numRuns: 300 },
    );
  });
});
