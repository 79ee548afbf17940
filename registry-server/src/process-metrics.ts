import type { Registry } from 'prom-client';
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import heapSize from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import heapSpaces from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js';
import memory from 'prom-client/lib/metrics/osMemoryHeap.js';
import cpu from 'prom-client/lib/metrics/processCpuTotal.js';
import maxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import openFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import resources from 'prom-client/lib/metrics/processResources.js';
import startTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';

/** Milliseconds between two looks at the event loop; prom-client's own default. */
const LAG_PRECISION_MS = 10;

/**
 * Adds the metrics of process and event loop, as prom-client's collectDefaultMetrics does, except for two kinds: how long garbage collections took,
 * for which Node emits an event each, which took 6 % of the time of a hot request; and handles and requests, which are among the resources.
 */
export function addProcessMetrics(register: Registry): void {
  const all = [cpu, startTime, memory, openFileDescriptors, maxFileDescriptors, eventLoopLag, resources, heapSize, heapSpaces, version];
  for (const add of all) add(register, { eventLoopMonitoringPrecision: LAG_PRECISION_MS });
}
