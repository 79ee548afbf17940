import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Alias, type Document, type Node, type ParsedNode } from 'yaml';
import type { Places } from './places.ts';

/** Looks through a YAML text. What an alias stands for is where its anchor is. Of one that is nested too deeply to be looked through only the beginning is known. */
export function yamlPlaces(text: string): Places {
  const documents = documentsIn(text).filter(({ contents }) => !isEmpty(contents));
  const anchored = new Map<Alias, Node | undefined>();
  return {
    offsetOf: (keys, index) => {
      const document = documents[index];
      if (document === undefined) return 0;
      return offsetIn(document.contents ?? undefined, keys, (alias) => {
        // The library goes through the whole document for each.
        if (!anchored.has(alias)) anchored.set(alias, alias.resolve(document));
        return anchored.get(alias);
      });
    },
  };
}

/** As YAML 1.2 and whatever is wrong: what the catalog's own reader takes is looked at here. */
const OPTIONS = { version: '1.2', schema: 'core', uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent' } as const;

function documentsIn(text: string): readonly Document.Parsed[] {
  try {
    const parsed = parseAllDocuments(text, OPTIONS);
    return Array.isArray(parsed) ? parsed : [];
  } catch (cause) {
    // The parser recurses.
    if (cause instanceof RangeError) return [];
    throw cause;
  }
}

function isEmpty(contents: ParsedNode | null): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function offsetIn(root: Node | undefined, keys: readonly string[], resolve: (alias: Alias) => Node | undefined): number {
  let node = root;
  let offset = startOf(node) ?? 0;
  for (const key of keys) {
    const found = memberOf(isAlias(node) ? resolve(node) : node, key);
    if (found === undefined) break;
    offset = found.offset ?? offset;
    node = found.value;
  }
  return offset;
}

interface Member {
  readonly offset: number | undefined;
  readonly value: Node | undefined;
}

function memberOf(node: Node | undefined, key: string): Member | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(key)];
    return item && { offset: startOf(item), value: item };
  }
  if (!isMap<Node, Node | null>(node)) return undefined;
  const pair = node.items.find(({ key: name }) => isScalar(name) && (String(name.value) === key || name.source === key));
  return pair && { offset: startOf(pair.key), value: pair.value ?? undefined };
}

function startOf(node: Node | undefined): number | undefined {
  return node?.range?.[0];
}
