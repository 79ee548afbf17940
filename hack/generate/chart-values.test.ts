import { expect, test } from '@jest/globals';
import { valueRows } from './chart-values.ts';

const schema = {
  type: 'object',
  properties: {
    image: { type: 'object', properties: { tag: { type: 'string' }, args: { type: 'array' } } },
    probe: { $comment: 'Kubernetes: Probe.', type: 'object', properties: { periodSeconds: { type: 'integer' } } },
    quiet: { type: 'object', properties: { on: { type: 'boolean' } } },
  },
};

const VALUES = `# About the file.

# The image.
image:
  # Its tag.
  # A second line.
  tag: ""
  # More: arguments.
  args: [--a]

# Kubernetes' own.
probe:
  # Not listed by itself.
  periodSeconds: 3
quiet:
  # Whether it is.
  on: true
`;

test('a row for each value, in order, with the comment above it', () => {
  expect(valueRows(VALUES, schema)).toEqual([
    { path: 'image', about: 'The image.' },
    { path: 'image.tag', fallback: '""', about: 'Its tag. A second line.' },
    { path: 'image.args', fallback: '[--a]', about: 'More: arguments.' },
    { path: 'probe', fallback: '{periodSeconds: 3}', about: "Kubernetes' own." },
    { path: 'quiet.on', fallback: 'true', about: 'Whether it is.' },
  ]);
});

test('a value without a comment is an error', () => {
  expect(() => valueRows(VALUES.replace('  # Whether it is.\n', ''), schema)).toThrow('quiet.on has no comment');
});
