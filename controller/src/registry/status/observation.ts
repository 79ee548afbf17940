import type { Issue } from '@toolhive-registry/api';
import type { Trouble } from '@toolhive-registry/api/pods';
import type { EnforcementFacts } from '../../enforcement/state.ts';
import type { AppliedExposure } from '../exposing.ts';
import type { Failure } from '../failure.ts';
import type { DeploymentObject } from '../render/deployment.ts';
import type { Doubt } from './doubts.ts';
import type { PodFacts } from '../../pods/facts.ts';

/** Everything a status is worked out from, gathered once in a pass. */
export interface Observation {
  readonly name: string;
  readonly namespace: string;
  readonly generation: number;
  readonly deleting: boolean;
  /** What is wrong with the spec; empty: nothing. */
  readonly issues: readonly Issue[];
  readonly failure?: Failure;
  /** The registry's own Deployment: one of the name that another controls serves nothing of this registry. */
  readonly deployment?: DeploymentObject;
  /** Its own Service NAME-api is there, so that what the Deployment runs can be reached. */
  readonly hasService: boolean;
  /** What is so of the enforcement; undefined: not known yet. */
  readonly enforcement?: EnforcementFacts | undefined;
  /** The spec asks for it. */
  readonly enforces: boolean;
  /** What leads to the registry from outside the cluster; absent: nothing does, and nothing is to. */
  readonly exposure?: AppliedExposure;
  /** Source ConfigMaps that do not exist, as sentences. */
  readonly missing: readonly string[];
  /** What the pods report, as far as it counts; empty: nobody could be asked. */
  readonly facts: readonly PodFacts[];
  /** What holds up the Deployment. */
  readonly trouble?: Trouble;
  /** Why what the pods say does not hold for the registry. */
  readonly doubt?: Doubt;
  readonly clusterDomain: string;
}
