// What may follow in a log query: keys first, then the values that make sense for a key.

export type Suggestion = { word: string; hint: string; events: number | null };

export type Known = {
  /** Key → what it is. */
  keys: Record<string, string>;
  /** Key → its values, where there are only a few. */
  values: Record<string, readonly string[]>;
  /** Key → values of the log with their counts. */
  counted: Record<string, { value: string; count: number }[]>;
};

const MOST = 10;

/** The word at the end of `before`, the part of the query in front of the caret. */
export function wordAtCaret(before: string): string {
  let quoted = false;
  let start = 0;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === '"') quoted = !quoted;
    else if (before[at] === " " && !quoted) start = at + 1;
  }
  return before.slice(start);
}

/** What the word at the caret may become; nothing for a free word that begins no key. */
export function suggest(before: string, known: Known): Suggestion[] {
  const word = wordAtCaret(before);
  const minus = word.startsWith("-") ? "-" : "";
  const [key = "", value] = splitOnce(word.slice(minus.length));
  if (value === undefined) {
    if (word === "" && before !== "") return [];
    return Object.entries(known.keys)
      .filter(([name]) => name.startsWith(key.toLowerCase()))
      .map(([name, hint]) => ({ word: `${minus}${name}:`, hint, events: null }))
      .slice(0, MOST);
  }
  const written = value.replaceAll('"', "").toLowerCase();
  const given = (known.values[key] ?? []).map((each) => ({ value: each, count: null as number | null }));
  const counted = known.counted[key] ?? [];
  const all = [...counted, ...given.filter((each) => !counted.some((one) => one.value === each.value))];
  return all
    .filter((each) => each.value.toLowerCase().includes(written) && each.value.toLowerCase() !== written)
    .map((each) => ({ word: `${minus}${key}:${quote(each.value)}`, hint: "", events: each.count }))
    .slice(0, MOST);
}

/** The query with the word at the caret replaced, and where the caret is then. */
export function complete(query: string, caret: number, word: string): { query: string; caret: number } {
  const before = query.slice(0, caret);
  const head = before.slice(0, before.length - wordAtCaret(before).length);
  const rest = query.slice(caret).replace(/^\S*/, "");
  const written = word.endsWith(":") ? word : `${word} `;
  return { query: head + written + rest.replace(/^ /, ""), caret: head.length + written.length };
}

const quote = (value: string) => (/[\s,"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value);

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf(":");
  return at < 0 ? [word, undefined] : [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
}
