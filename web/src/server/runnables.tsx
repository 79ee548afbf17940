import type { JSX } from 'preact';
import { Badge } from '../ui/badge.tsx';
import { Folded } from '../ui/folded.tsx';
import { Outside } from '../ui/outside.tsx';
import { beginning, Plain, seen } from '../ui/plain.tsx';
import { Facts } from '../ui/section.tsx';
import type { Runnable, Setting } from './runnable.ts';

/** Packages or remotes. */
export function Runnables({ all }: { readonly all: readonly Runnable[] }): JSX.Element {
  return (
    <ul class="runnables">
      {all.map((one) => (
        <li key={one.id}>
          <h3>
            <Badge>{one.kind}</Badge> {one.kind === 'remote' ? <Outside url={one.identifier} /> : <Plain text={one.identifier} />}{' '}
            {one.version !== undefined && (
              <span class="soft">
                <Plain text={one.version} />
              </span>
            )}
          </h3>
          <Facts
            facts={[['Transport', one.transport], ...one.facts.map(([name, value]) => [name, <Plain key={name} text={value} />] as const)]}
          />
          {one.settings.map(([title, settings]) => (
            <Settings key={title} title={title} of={one.identifier} settings={settings} />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** The settings of a server, as a table. */
function Settings({
  title,
  of,
  settings,
}: {
  readonly title: string;
  readonly of: string;
  readonly settings: readonly Setting[];
}): JSX.Element {
  return (
    <div class="table" role="region" aria-label={`${title} of ${seen(beginning(of, 80))}`} tabIndex={0}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {settings.map((setting, index) => (
            <tr key={index}>
              <th scope="row">
                <code>
                  <Plain text={setting.name} />
                </code>
              </th>
              <td>
                {setting.secret && <Badge tone="warn">secret</Badge>} {setting.required && <Badge>required</Badge>}{' '}
                <Folded text={setting.description} most={300} />
                <Value setting={setting} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ setting: { value, preset, choices } }: { readonly setting: Setting }): JSX.Element {
  return (
    <>
      {value !== undefined && (
        <div class="soft">
          always{' '}
          <code>
            <Plain text={value} most={200} />
          </code>
        </div>
      )}
      {preset !== undefined && (
        <div class="soft">
          default{' '}
          <code>
            <Plain text={preset} most={200} />
          </code>
        </div>
      )}
      {choices.length > 0 && (
        <div class="soft">
          one of <Plain text={choices.join(', ')} most={400} />
        </div>
      )}
    </>
  );
}
