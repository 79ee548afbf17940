import { z } from 'zod';
import { dataKey, dnsLabel, objectName, stringMap, text } from './fields.ts';
import { matches, withRules } from './rule.ts';

const keyReference = (what: string): z.ZodObject<{ name: z.ZodString; key: z.ZodString; optional: z.ZodOptional<z.ZodBoolean> }> =>
  z.object({
    name: objectName().describe(`Name of the ${what}.`),
    key: dataKey().describe('Key to take the value from.'),
    optional: z.boolean().optional().describe(`The pod starts even without the ${what} or key.`),
  });

const envSources = ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef'] as const;

const envValueFrom = withRules(
  z.object({
    configMapKeyRef: keyReference('ConfigMap').optional().describe('Value of a key of a ConfigMap.'),
    secretKeyRef: keyReference('Secret').optional().describe('Value of a key of a Secret.'),
    fieldRef: z
      .object({
        apiVersion: text({ max: 64 }).optional().describe('Version of the pod schema; absent: v1.'),
        fieldPath: text({ min: 1, max: 256 }).describe('Field of the pod, for example metadata.namespace.'),
      })
      .optional()
      .describe('Value of a field of the pod.'),
    resourceFieldRef: z
      .object({
        containerName: text({ max: 63 }).optional().describe('Container; absent: this one.'),
        resource: text({ min: 1, max: 256 }).describe('Resource, for example limits.memory.'),
        divisor: text({ max: 32 }).optional().describe('Unit of the value, for example 1Mi.'),
      })
      .optional()
      .describe('Value of a resource request or limit of the container.'),
  }),
  [
    {
      cel: '[has(self.configMapKeyRef), has(self.secretKeyRef), has(self.fieldRef), has(self.resourceFieldRef)].filter(x, x).size() == 1',
      message: 'exactly one of configMapKeyRef, secretKeyRef, fieldRef and resourceFieldRef must be set',
      holds: (from) => envSources.filter((name) => from[name] !== undefined).length === 1,
    },
  ],
);

/** One environment variable of the registry server's container, as in a pod. */
export const envSchema = withRules(
  z.object({
    name: text({ min: 1, max: 256 }, [
      matches('^[-._a-zA-Z][-._a-zA-Z0-9]*$', 'must be the name of an environment variable: letters, digits, _, - and ., no digit first'),
    ]).describe('Name of the variable.'),
    value: text({ max: 32_768 }).optional().describe('Value of the variable.'),
    valueFrom: envValueFrom.optional().describe('Where to take the value from.'),
  }),
  [
    {
      cel: '!(has(self.value) && has(self.valueFrom))',
      message: 'at most one of value and valueFrom may be set; remove one',
      holds: (env) => env.value === undefined || env.valueFrom === undefined,
    },
  ],
);

/** The registry's Service. */
export const serviceSchema = z.object({
  type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP').describe('Type of the Service.'),
  annotations: stringMap(64).optional().describe('Annotations of the Service, for example for a cloud load balancer.'),
});

/** A Secret with the credentials of an image registry. */
export const imagePullSecretSchema = z.object({ name: objectName().describe("Name of a Secret in the registry's namespace.") });

/** How the registry is exposed outside the cluster. */
export const exposeSchema = withRules(
  z.object({
    host: text({ min: 1, max: 253 }, [
      matches(
        '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z]([-a-z0-9]{0,61}[a-z0-9])?$',
        'must be a host name, not an address, without scheme, port or path, in lower case, for example registry.example.com',
      ),
    ]).describe('Host name under which the registry is reached.'),
    path: text({ min: 1, max: 200 }, [
      matches(
        '^/([A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?)?$',
        'must start with "/" and hold only letters, digits and . _ ~ - between slashes, for example /mcp',
      ),
    ])
      .default('/')
      .describe('Path prefix under which the registry is reached. The pods answer below it as well as at the root.'),
    scheme: z
      .enum(['http', 'https'])
      .optional()
      .describe(
        'Scheme of the URL in the status. Absent: https through a Gateway and with ingress.tlsSecretName, else http. Set it where TLS is terminated elsewhere, such as at a load balancer.',
      ),
    ingress: z
      .object({
        className: objectName().optional().describe("IngressClass; absent: the cluster's default."),
        tlsSecretName: objectName().optional().describe('Secret with the certificate for the host. Absent: none is named in the Ingress.'),
        annotations: stringMap(64).optional().describe('Annotations of the Ingress, for example for cert-manager.'),
      })
      .optional()
      .describe('Creates an Ingress. With neither ingress nor gateway, an Ingress of the default class is created.'),
    gateway: z
      .object({
        name: objectName().describe('Name of the Gateway.'),
        namespace: dnsLabel().optional().describe("Namespace of the Gateway; absent: the registry's."),
        sectionName: objectName().optional().describe('Listener of the Gateway; absent: all.'),
      })
      .optional()
      .describe('Creates an HTTPRoute for an existing Gateway.'),
  }),
  [
    {
      cel: '!(has(self.ingress) && has(self.gateway))',
      message: 'at most one of ingress and gateway may be set; remove one',
      holds: (expose) => expose.ingress === undefined || expose.gateway === undefined,
    },
  ],
);
