import { isImage } from '../formats/client/docker-run.ts';
import { own, type JsonObject } from '../json.ts';
import { ARCHIVE_PATTERN, HARMLESS_OPTIONS, NPM_PATTERN, PYPI_PATTERN } from '../references/forms.ts';
import { repositoryOf } from '../references/near.ts';
import { normalImage } from '../references/normal.ts';
import { FORBIDDEN_OPTIONS } from './opening.ts';
import type { OptionKind, OptionRules } from './option.ts';
import type { PackageType } from './target.ts';

/** A type of packages: its runner, and the form of its names. */
interface Form {
  readonly program: string;
  /** Accepted values of `runtimeHint`. */
  readonly hints: readonly string[];
  /** A name with an optional version after an `@`, or an image reference. */
  readonly isName: (text: string) => boolean;
  readonly whose: string;
  /** The word for one of them. */
  readonly about: string;
}

const ARCHIVE = new RegExp(ARCHIVE_PATTERN);
const [NPM, PYPI] = [new RegExp(NPM_PATTERN), new RegExp(PYPI_PATTERN)];
/** An identifier of NuGet with a version (learn.microsoft.com, dotnet tool exec). */
const NUGET = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(@[A-Za-z0-9][A-Za-z0-9.+-]*)?$/;

/** The types that a command runs. Names are those that enforcement compares: no directory, archive, URL or Git repository. */
export const FORMS: Readonly<Record<PackageType, Form>> = {
  npm: {
    program: 'npx',
    hints: ['npx'],
    isName: (text) => NPM.test(text) && !ARCHIVE.test(text),
    whose: 'the npm registry',
    about: 'the npm package',
  },
  pypi: {
    program: 'uvx',
    hints: ['uvx'],
    isName: (text) => PYPI.test(text) && !ARCHIVE.test(text),
    whose: 'the Python Package Index',
    about: 'the PyPI package',
  },
  oci: { program: 'docker', hints: ['docker', 'podman'], isName: isImage, whose: 'a registry of container images', about: 'the image' },
  nuget: { program: 'dnx', hints: ['dnx'], isName: (text) => NUGET.test(text), whose: 'NuGet', about: 'the NuGet package' },
};

/** The type of a package; undefined: no command runs it. */
export function packageType(raw: JsonObject): PackageType | undefined {
  const type = own(raw, 'registryType');
  return (Object.keys(FORMS) as PackageType[]).find((one) => one === type);
}

/** Options of npx, uvx and dnx that do not affect what is run. */
const RUNNER_OPTIONS: ReadonlyMap<string, OptionKind> = new Map(HARMLESS_OPTIONS.map((option) => [option, 'ignored']));
/**
 * Options of `docker run` (docs.docker.com, docker container run). Those for how a client talks to a container, its name and pulling it are up to the client;
 * mounts, ports, the network and limits are passed on. What gives a container access to the machine is refused: `--privileged` and the like here, by
 * {@link FORBIDDEN_OPTIONS}, paths and networks once answers are known, by `hostAccessOf`.
 */
const DOCKER_OPTIONS: ReadonlyMap<string, OptionKind> = new Map<string, OptionKind>([
  ...optionsOf('ignored', '-i --interactive -t --tty -it -ti -d --detach --rm -q --quiet --sig-proxy'),
  ...optionsOf('ignoredValue', '--name --pull'),
  ...optionsOf('switch', '--read-only --init'),
  ...optionsOf('value', '-v --volume --mount --tmpfs -p --publish --network --net --add-host -u --user -w --workdir'),
  ...optionsOf('value', '--platform --security-opt --cap-drop -m --memory --cpus --pids-limit --shm-size'),
  ...optionsOf('variable', '-e --env'),
]);
/** Those of them through which a container gets access to the machine or its network. */
export const OPENING_OPTIONS: readonly string[] = ['-v', '--volume', '--mount', '--network', '--net', '--security-opt'];

function optionsOf(kind: OptionKind, names: string): [string, OptionKind][] {
  return names.split(' ').map((name) => [name, kind]);
}

/** What may come between the program and a package of this name. */
export function rulesFor(type: PackageType, name: string): OptionRules {
  const { program } = FORMS[type];
  if (type === 'oci') {
    const isSubject = (text: string): boolean => isImage(text) && repositoryOf(normalImage(text)) === repositoryOf(normalImage(name));
    return { program, words: ['run', 'container'], options: DOCKER_OPTIONS, forbidden: FORBIDDEN_OPTIONS, isSubject };
  }
  const isSubject = (text: string): boolean => text === name || text.startsWith(`${name}@`) || text.startsWith(`${name}==`);
  return { program, words: [], options: RUNNER_OPTIONS, isSubject };
}
