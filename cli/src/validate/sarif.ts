import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TextPosition } from '@toolhive-registry/catalog';
import type { CheckedFile, LocatedFinding } from './checked-file.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { printableJson } from '../terminal/printable.ts';
import { RULES, RULES_URL, type Rule, type RuleId } from './rules.ts';
import { sentenceOf } from './words.ts';

/** The program that reports. */
export interface Tool {
  readonly version: string;
}

/** The identifiers of all rules; results refer to them by index as well. */
const RULE_IDS = Object.keys(RULES) as readonly RuleId[];

/**
 * A report in SARIF 2.1.0, as code scanning of GitHub and others take it (OASIS SARIF 2.1.0; "SARIF support for code scanning" of GitHub's
 * documentation). Paths are relative to where the command ran: that must be the root of the repository. Columns are UTF-16 code units.
 */
export function sarifReport(files: readonly CheckedFile[], { version }: Tool): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'toolhive-registry',
            version,
            informationUri: 'https://github.com/toolhive-registry/toolhive-registry',
            rules: RULE_IDS.map((id) => ruleOf(id, RULES[id])),
          },
        },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: files.flatMap(skippedOf) }],
        results: files.flatMap(resultsOf),
      },
    ],
  };
  return `${printableJson(log, 2)}\n`;
}

function ruleOf(id: RuleId, { title, help, severity }: Rule): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: help },
    help: { text: help },
    helpUri: RULES_URL,
    defaultConfiguration: { level: severity },
  };
}

function skippedOf({ name, skipped }: CheckedFile): object[] {
  if (skipped === undefined) return [];
  return [
    { level: 'note', message: messageOf(`skipped: ${skipped}`), locations: [{ physicalLocation: { artifactLocation: artifactOf(name) } }] },
  ];
}

function resultsOf({ name, findings }: CheckedFile): object[] {
  const fingerprints = fingerprintsOf(findings);
  return findings.map((finding, index) => ({
    ruleId: finding.rule,
    ruleIndex: RULE_IDS.indexOf(finding.rule),
    level: finding.severity,
    message: messageOf(sentenceOf(finding)),
    locations: [{ physicalLocation: physicalOf(name, finding.position), ...logicalOf(finding) }],
    ...(finding.firstPosition === undefined
      ? {}
      : { relatedLocations: [{ message: { text: 'the one that is served' }, physicalLocation: physicalOf(name, finding.firstPosition) }] }),
    // The key by which code scanning of GitHub knows an alert again.
    partialFingerprints: { primaryLocationLineHash: fingerprints[index] },
  }));
}

/** Brackets in front of a parenthesis would be a link (SARIF 2.1.0, 3.11.6), and what is in a catalog is to link to nothing. */
function messageOf(text: string): { readonly text: string } {
  return { text: /\]\s*\(/.test(text) ? text.replaceAll(/[\\[\]]/g, '\\$&') : text };
}

function physicalOf(name: string, { line, column }: TextPosition): object {
  return { artifactLocation: artifactOf(name), region: { startLine: line, startColumn: column } };
}

function artifactOf(name: string): object {
  if (isAbsolute(name)) return { uri: pathToFileURL(name).href };
  const uri = name.split('/').map((part) => encodeURIComponent(part.toWellFormed()));
  return { uri: uri.join('/'), uriBaseId: '%SRCROOT%' };
}

/** The place in the document as a JSON pointer, which is the name that SARIF gives it (2.1.0, 3.33.5), and the entry. */
function logicalOf({ place, entry }: LocatedFinding): object {
  const logicalLocations = [
    ...(place.pointer === '' ? [] : [{ fullyQualifiedName: place.pointer }]),
    ...(entry === undefined ? [] : [{ name: entry }]),
  ];
  return logicalLocations.length === 0 ? {} : { logicalLocations };
}
