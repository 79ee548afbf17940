import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { anchorOf } from '../docs/anchors.ts';
import { repositoryFile } from './image.ts';
import { median, type Measure } from './measure.ts';

const INDEX = 'docs/README.md';
/** Silent reading of English non-fiction by adults: Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109 (2019). */
const WORDS_PER_MINUTE = 238;
const TARGETS = { worstSeconds: 240, medianSeconds: 90, questions: 20 };

/** A question of the index, and how much there is to read until its answer has been read. */
interface Answer {
  readonly question: string;
  readonly words: number;
}

/**
 * From a question to its answer in the documentation, computed: a reader goes down the list of questions to their own, follows its first link and reads the
 * chapter that it leads to.
 */
export async function answers(): Promise<Measure[]> {
  const index = await readFile(repositoryFile(INDEX), 'utf8');
  const rows = [...chapter(index, 'by-question').matchAll(/^\| (.+?) +\| (.*\]\(([^)]+)\).*?) +\|$/gm)];
  const found = await Promise.all(
    rows.map(async ([, question = '', cell = ''], at): Promise<Answer> => {
      const scanned = rows.slice(0, at + 1).map(([, text = '']) => text);
      const link = /\]\(([^)]+)\)/.exec(cell)?.[1] ?? '';
      return { question, words: words(scanned.join(' ')) + words(await linked(link)) };
    }),
  );
  const [longest = { question: '', words: Number.NaN }] = found.toSorted((one, other) => other.words - one.words);
  const times = found.map((answer) => secondsToRead(answer.words));
  return [
    {
      name: 'newcomer: questions of trackers that the index answers',
      value: found.length,
      unit: 'questions',
      target: { atLeast: TARGETS.questions },
      note: `two clicks from the README, ${INDEX}; docs/docs.test.ts follows the links`,
    },
    {
      name: 'newcomer: from a question to its answer, computed',
      value: median(times),
      unit: 's',
      target: { atMost: TARGETS.medianSeconds },
      note: `median; ${WORDS_PER_MINUTE} words a minute, the questions above it and the whole chapter of the answer`,
    },
    {
      name: 'newcomer: the longest way from a question to its answer, computed',
      value: secondsToRead(longest.words),
      unit: 's',
      target: { atMost: TARGETS.worstSeconds },
      note: longest.question,
    },
  ];
}

async function linked(link: string): Promise<string> {
  const [path = '', anchor] = link.split('#');
  const text = await readFile(repositoryFile(normalize(join(dirname(INDEX), path))), 'utf8');
  return anchor === undefined ? chapter(text, undefined) : chapter(text, anchor);
}

/** A chapter with what is below it; without an anchor the beginning of a page, up to its second heading of the second level. */
function chapter(markdown: string, anchor: string | undefined): string {
  const lines = markdown.split('\n');
  const headings = lines.flatMap((line, at) => {
    const [, marks, title] = /^(#+) (.+)$/.exec(line) ?? [];
    return marks === undefined || title === undefined ? [] : [{ at, level: marks.length, anchor: anchorOf(title) }];
  });
  const found = anchor === undefined ? headings[0] : headings.find((heading) => heading.anchor === anchor);
  if (found === undefined) throw new Error(`no heading #${anchor ?? ''}`);
  const [first, second] = headings.filter(({ at, level }) => at > found.at && level <= Math.max(found.level, anchor === undefined ? 2 : 0));
  return lines.slice(found.at, (anchor === undefined ? second : first)?.at).join('\n');
}

function words(markdown: string): number {
  return markdown.replaceAll(/\]\([^)]*\)/g, '').match(/[\p{L}\p{N}][\p{L}\p{N}'’._/-]*/gu)?.length ?? 0;
}

function secondsToRead(count: number): number {
  return (count / WORDS_PER_MINUTE) * 60;
}
