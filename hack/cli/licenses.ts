import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that are bundled inside another package, by the outer package. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  'node_modules/jsonpath-plus': ['node_modules/jsep', 'node_modules/@jsep-plugin/assignment', 'node_modules/@jsep-plugin/regex'],
};

/** The folders of the packages that files are from, below `node_modules`. */
export function packagesOf(inputs: readonly string[]): string[] {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []);
  return [...new Set(folders.flatMap((folder) => [folder, ...(INSIDE[folder] ?? [])]))].sort();
}

/** The licenses of packages as one text. Throws if a package has none: then it must not be distributed. */
export function licensesText(root: string, folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<string, string>;
    const files = readdirSync(join(root, folder)).filter((file) => /^(?:licen[cs]e|copying|notice)(?:\.|$)/i.test(file));
    if (!files.some((file) => !/^notice/i.test(file)))
      throw new Error(`${folder} has no license file; find out its license, or stop using the package`);
    const texts = files.sort().map((file) =>
      readFileSync(join(root, folder, file), 'utf8')
        .replaceAll('\r\n', '\n')
        .trim(),
    );
    return `${RULE}\n${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
  });
  return `This program contains the following packages.\n\n${parts.join('\n')}`;
}

const RULE = '-'.repeat(70);
