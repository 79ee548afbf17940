import { containerName } from '@toolhive-registry/api';
import type { Failure } from '../failure.ts';
import type { Observation } from './observation.ts';
import type { Draft } from './sync-conditions.ts';

/** Matches an error about a container other than the server's, which comes first in our Deployment. */
const NO_IMAGE = /containers\[[1-9]\d*\]\.image: Required/;

/** The message for a failure; says so if the pod template is the cause. */
export function failureMessage({ podTemplate, message }: Failure): string {
  if (!podTemplate) return message;
  const hint = NO_IMAGE.test(message)
    ? `; the server's container is called ${containerName}, a container of another name needs an image`
    : '';
  return `spec.podTemplateSpec is refused, running pods stay as they are: ${message}${hint}`;
}

/** The condition PodTemplateValid. */
export function podTemplateCondition({ failure, issues }: Observation): Draft {
  const type = 'PodTemplateValid';
  if (failure?.podTemplate === true) return { type, status: 'False', reason: 'InvalidPodTemplateSpec', message: failureMessage(failure) };
  if (issues.length > 0) return { type, status: 'Unknown', reason: 'ValidationFailed', message: 'The spec is not valid' };
  return { type, status: 'True', reason: 'ValidPodTemplateSpec', message: 'The pod template is valid' };
}
