import type { Issue } from '@toolhive-registry/api';
import type { Trouble } from '@toolhive-registry/api/pods';
import type { EnforcementFacts } from '../../enforcement/state.ts';
import type { AppliedExposure } from '../exposing.ts';
import type { Failure } from '../failure.ts';
import type { DeploymentObject } from '../render/deployment.ts';
import type { Doubt } from './doubts.ts';
import type { PodFacts } from '../../pods/facts.ts';

/** Everything a status is derived from, gathered once per pass. */
export interface Observation {
  readonly name: string;
  readonly namespace: string;
  readonly generation: number;
  readonly deleting: boolean;
  /** What is wrong with the spec; empty: nothing. */
  readonly issues: readonly Issue[];
  readonly failure?: Failure;
  /** The registry's own Deployment; one of that name with another controller does not serve this registry. */
  readonly deployment?: DeploymentObject;
  /** Its own Service NAME-api exists, so that the Deployment's pods can be reached. */
  readonly hasService: boolean;
  /** The facts about enforcement; undefined: not known yet. */
  readonly enforcement?: EnforcementFacts | undefined;
  /** Whether the spec asks for it. */
  readonly enforces: boolean;
  /** External access; absent: there is none, and none is wanted. */
  readonly exposure?: AppliedExposure;
  /** Source ConfigMaps that do not exist, as sentences. */
  readonly missing: readonly string[];
  /** The pod reports that count; empty: no pod could be asked. */
  readonly facts: readonly PodFacts[];
  /** What keeps the Deployment from completing. */
  readonly trouble?: Trouble;
  /** Why the pod reports do not hold for the registry. */
  readonly doubt?: Doubt;
  readonly clusterDomain: string;
}
