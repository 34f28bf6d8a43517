// How well a format is what somebody searches for, and what is nearest where nothing is. No page here.

/** What a format is known by, in both languages, best first. */
export interface Known {
  /** Its own name and the others it answers to. */
  ids: readonly string[];
  extension: string;
  title: string;
  programs: readonly string[];
  /** For whom and for what it is. */
  whom: readonly string[];
  /** All else that is said of it. */
  about: readonly string[];
}

/** The worst rank of what was named exactly. */
export const EXACT = 1;

/** Words that say nothing of a format. */
const EMPTY = new Set(["for", "the", "a", "an", "to", "in", "as", "file", "files", "format", "для", "на", "в", "во", "к", "с", "под", "файл", "файлы", "формат", "формате"]);

/** The words of a search, Russian ones without their endings. */
export function wordsOf(search: string): string[] {
  const all = search.toLocaleLowerCase().replaceAll("ё", "е").split(/[\s,;]+/).filter(Boolean);
  const full = all.filter((word) => !EMPTY.has(word));
  return (full.length > 0 ? full : all).map(stem);
}

/** “станка”, “станок” and “станков” are the same word; endings only of longer ones. */
const stem = (word: string): string => (/^[а-я]{5,}$/.test(word) ? word.replace(/(ами|ями|ого|его|ому|ему|ок|ов|ев|ей|ам|ям|ах|ях|ом|ем|ый|ий|ой|ая|ое|ые|ую|а|я|ы|и|у|ю|е|о|ь|й)$/, "") : word);

/** Its rank, 0 is best: id, extension, title, program, for whom, all else; undefined where a word is nowhere. */
export function rank(known: Known, search: string): number | undefined {
  const plain = search.trim().toLocaleLowerCase();
  if (known.ids.includes(plain)) return 0;
  if (known.extension === plain.replace(/^\./, "")) return EXACT;
  const words = wordsOf(search);
  const fields = [[...known.ids, `.${known.extension}`, known.title], known.programs, known.whom, known.about].map((texts) => texts.join(" ").toLocaleLowerCase().replaceAll("ё", "е"));
  let hay = "";
  for (const [at, field] of fields.entries()) {
    hay += ` ${field}`;
    if (words.every((word) => hay.includes(word))) return EXACT + 1 + 2 * at + (at === 0 && !known.title.toLocaleLowerCase().startsWith(plain) ? 1 : 0);
  }
  return undefined;
}

/** How alike two words are, from 0 to 1: the pairs of letters that both have. */
function alike(a: string, b: string): number {
  const pairs = (text: string) => Array.from({ length: text.length + 1 }, (_, at) => ` ${text} `.slice(at, at + 2));
  const [left, right] = [pairs(a), pairs(b)];
  const both = left.filter((pair) => right.includes(pair)).length;
  return (2 * both) / (left.length + right.length);
}

/** How near a name of it comes to a search that finds nothing. */
export function nearness({ ids, extension, title, programs }: Known, search: string): number {
  const names = [...ids, extension, title, ...programs].flatMap((name) => [name, ...name.split(/\s+/)]).map((name) => name.toLocaleLowerCase());
  const plain = search.trim().toLocaleLowerCase();
  return Math.max(...names.map((name) => alike(name, plain)));
}
