import type { JSX } from 'preact';
import { Badge } from '../ui/badge.tsx';
import { Outside } from '../ui/outside.tsx';
import { beginning, Plain, seen } from '../ui/plain.tsx';
import { Facts } from '../ui/section.tsx';
import { safeUrl } from '../ui/safe-url.ts';
import type { Needs } from './needed.ts';

/** What a server needs, or that its entry does not say. */
export function NeedsOf({ needs: { privileged, network, read, write, others, provenance } }: { readonly needs: Needs }): JSX.Element {
  return (
    <>
      <Facts
        facts={[
          [
            'Container',
            privileged ? (
              <Badge key="privileged" tone="bad">
                privileged: full access to the machine
              </Badge>
            ) : undefined,
          ],
          [
            'Network',
            network === undefined ? (
              <span class="soft">The entry does not say where it connects to</span>
            ) : network.all ? (
              <Badge tone="warn">anywhere</Badge>
            ) : network.hosts.length === 0 ? (
              'none'
            ) : (
              <Names all={network.hosts} />
            ),
          ],
          ['Ports', network === undefined || network.ports.length === 0 ? undefined : <Names all={network.ports} />],
          ['Reads', read.length === 0 ? undefined : <Names all={read} />],
          ['Writes', write.length === 0 ? undefined : <Names all={write} />],
          ...others.map(([name, value]) => [seen(beginning(name, 60)), <Plain key={name} text={value} most={300} />] as const),
        ]}
      />
      {provenance.length > 0 && (
        <>
          <h3>Provenance</h3>
          <p class="soft">As the entry states it; this page does not check signatures.</p>
          <Facts
            facts={provenance.map(([name, value]) => [
              seen(beginning(name.replaceAll('_', ' '), 60)),
              safeUrl(value) === undefined ? <Plain text={value} most={300} /> : <Outside url={value} />,
            ])}
          />
        </>
      )}
    </>
  );
}

function Names({ all }: { readonly all: readonly string[] }): JSX.Element {
  return (
    <ul class="names">
      {all.slice(0, MAX_NAMES).map((name) => (
        <li key={name}>
          <code>
            <Plain text={name} most={200} />
          </code>
        </li>
      ))}
      {all.length > MAX_NAMES && <li>and {all.length - MAX_NAMES} more</li>}
    </ul>
  );
}

const MAX_NAMES = 100;
