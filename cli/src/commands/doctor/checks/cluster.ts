import type { Facts } from '../facts.ts';
import { ok, problem, unknown, type Finding } from '../finding.ts';

/** The oldest Kubernetes that the chart takes. */
const LEAST_MINOR = 30;

/** Whether the API server is new enough. */
export function checkVersion({ version, server }: Pick<Facts, 'version' | 'server'>): Finding {
  if (version.is === 'unseen') return unknown('version', version);
  const { major, minor, gitVersion } = version.value;
  // Some clouds write `30+`.
  const number = Number.parseInt(minor, 10);
  if (Number(major) > 1 || number >= LEAST_MINOR) return ok('version', `Kubernetes ${gitVersion} at ${server}`);
  return problem(
    'version',
    `the API server ${server} is Kubernetes ${gitVersion}, and 1.${LEAST_MINOR} or later is needed`,
    'upgrade the cluster',
  );
}
