import { entryTags, toolhiveExtensions, type CatalogEntry } from '../entry/entry.ts';
import { asText, isObject, own, type Json, type JsonObject } from '../json.ts';
import { DESCRIPTION, NAME, NAMESPACE, PACKAGE, SEARCHED, TAG, TITLE, TOOL, TOOL_DESCRIPTION } from './fields.ts';
import { spacedWords, wordsIn } from './tokens.ts';
import { entryOf, NumberList, OTHER_WORDS, Vocabulary, WordsOfRow, type RowWords } from './vocabulary.ts';

/** Limits of what is indexed of one entry. The fields that `search` looks at are indexed completely: a row with more words is marked. */
const MAX_SEARCHED = 500;
const MAX_OTHERS = 2_000;
const MAX_TOOLS = 500;
const MAX_TAGS = 100;
/** Longest text that is examined, and longest word, in fields that `search` does not look at; in characters. */
const MAX_TEXT = 2_000;
const MAX_WORD = 64;
/** Numbers per piece of memory. */
const CHUNK = 64 * 1024;

/** Collects the words of entries, in large pieces of memory. */
export class WordCollector {
  readonly #vocabulary = new Vocabulary();
  /** Fields of each word in the current entry; 0 for words that it does not have. */
  #fields = new Uint8Array(1024);
  readonly #touched = new NumberList();
  #chunk = new Uint32Array(0);
  #used = 0;

  /** The words of an entry. */
  ofEntry({ name, server }: CatalogEntry): RowWords {
    this.#searched(name, asText(own(server, 'title')), asText(own(server, 'description')));
    this.#others(server);
    return this.#taken();
  }

  /** The words of a search text, whose title and description cannot be distinguished. */
  ofSearchText(text: string): RowWords {
    const tab = text.indexOf('\t');
    this.#searched(tab < 0 ? text : text.slice(0, tab), undefined, tab < 0 ? undefined : text.slice(tab + 1));
    return this.#taken();
  }

  #searched(name: string, title: string | undefined, description: string | undefined): void {
    const slash = name.indexOf('/');
    this.#add(name.slice(0, slash + 1), NAMESPACE, Infinity, MAX_SEARCHED);
    this.#add(name.slice(slash + 1), NAME, Infinity, MAX_SEARCHED);
    if (title !== undefined) this.#add(title, TITLE, Infinity, MAX_SEARCHED);
    if (description !== undefined) this.#add(description, DESCRIPTION, Infinity, MAX_SEARCHED);
  }

  #others(server: JsonObject): void {
    for (const tag of entryTags(server).slice(0, MAX_TAGS)) this.#add(tag, TAG, MAX_WORD);
    for (const one of objects(own(server, 'packages'))) this.#add(packageName(asText(own(one, 'identifier')) ?? ''), PACKAGE, MAX_WORD);
    for (const extension of toolhiveExtensions(server)) {
      for (const tool of list(own(extension, 'tools')).slice(0, MAX_TOOLS)) if (typeof tool === 'string') this.#tool(tool);
      for (const one of objects(own(extension, 'tool_definitions')).slice(0, MAX_TOOLS)) {
        this.#tool(asText(own(one, 'name')) ?? '');
        this.#add(asText(own(one, 'description')) ?? '', TOOL_DESCRIPTION, MAX_WORD);
      }
    }
  }

  /** A tool is found by the words of its name, and by the whole name. */
  #tool(name: string): void {
    this.#add(spacedWords(name.slice(0, MAX_TEXT)), TOOL, MAX_WORD);
    const whole = name.toLowerCase().toWellFormed();
    if (whole.length <= MAX_WORD && /^\S+$/.test(whole)) this.#note(whole, TOOL);
  }

  #add(text: string, field: number, maxWord: number, maxWords = MAX_OTHERS): void {
    if (text === '') return;
    const lower = (field & SEARCHED) === 0 ? text.slice(0, MAX_TEXT).toLowerCase() : text.toLowerCase();
    for (const word of wordsIn(lower)) {
      if (word.length > maxWord) continue;
      if (this.#touched.length < maxWords) this.#note(word, field);
      else if ((field & SEARCHED) !== 0) this.#note(OTHER_WORDS, field);
    }
  }

  #note(word: string, field: number): void {
    const id = this.#vocabulary.idOf(word);
    if (id >= this.#fields.length) {
      const larger = new Uint8Array(Math.max(id + 1, this.#fields.length * 2));
      larger.set(this.#fields);
      this.#fields = larger;
    }
    const before = this.#fields[id] ?? 0;
    if (before === 0) this.#touched.push(id);
    this.#fields[id] = before | field;
  }

  /** The collected words, as the words of one row. */
  #taken(): RowWords {
    const count = this.#touched.length;
    if (this.#chunk.length - this.#used < count) {
      this.#chunk = new Uint32Array(Math.max(CHUNK, count));
      this.#used = 0;
    }
    const start = this.#used;
    for (const [index, id] of this.#touched.numbers.entries()) {
      this.#chunk[start + index] = entryOf(id, this.#fields[id] ?? 0);
      this.#fields[id] = 0;
    }
    this.#touched.length = 0;
    this.#used += count;
    return new WordsOfRow(this.#vocabulary, this.#chunk, start, start + count);
  }
}

/** The name of a package, without location and version. */
function packageName(identifier: string): string {
  const [last = '', scope = ''] = identifier.slice(0, MAX_TEXT).split('/').toReversed();
  const name = last.replace(/(?<=.)[@:].*$/, '').replace(/\.(?:mcpb|zip|tar|gz|tgz|exe|whl)$/i, '');
  return scope.startsWith('@') ? `${scope} ${name}` : name;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function objects(value: Json | undefined): JsonObject[] {
  return list(value).filter(isObject);
}
