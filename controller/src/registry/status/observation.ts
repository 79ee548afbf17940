import type { Issue } from '@toolhive-registry/api';
import type { DeploymentObject } from '../render/deployment.ts';
import type { PodFacts } from '../../pods/facts.ts';

/** Why the children could not be brought in line. */
export interface Failure {
  /** `KINDFailed`, of the kind of object that could not be brought in line. */
  readonly reason: `${string}Failed` | 'WaitingForDeletion';
  readonly message: string;
  /** The API server refused what `podTemplateSpec` made of the Deployment. */
  readonly podTemplate: boolean;
  /** It may be gone at the next try, such as a webhook that cannot be reached; otherwise only a change mends it. */
  readonly transient: boolean;
}

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
  /** Fields of the spec that this version accepts without acting on them. */
  readonly withoutEffect?: readonly string[];
  /** Source ConfigMaps that do not exist, as sentences. */
  readonly missing: readonly string[];
  /** What the pods report, as far as it counts; empty: nobody could be asked. */
  readonly facts: readonly PodFacts[];
  /** What keeps a pod from running, as a sentence. */
  readonly podFailure?: string;
  readonly clusterDomain: string;
}
