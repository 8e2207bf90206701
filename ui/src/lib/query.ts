// The words of a log query: `status:failure identity:"mara okafor" patch`.

/** Words are split at spaces outside quotation marks. */
export function wordsOf(query: string): string[] {
  return query.match(/(?:[^\s"]+|"[^"]*"?)+/g) ?? [];
}

const isKey = (word: string, key: string) => word.toLowerCase().startsWith(`${key}:`);

/** The value of `key:value`, or `""`. */
export function readWord(query: string, key: string): string {
  const word = wordsOf(query).find((each) => isKey(each, key));
  return word?.slice(key.length + 1).replaceAll('"', "") ?? "";
}

/** The query with `key:value` in it once; an empty value takes it out. Other words stay as they are. */
export function writeWord(query: string, key: string, value: string): string {
  const written = value && `${key}:${/\s/.test(value) ? `"${value}"` : value}`;
  const kept = wordsOf(query);
  const at = kept.findIndex((each) => isKey(each, key));
  const rest = kept.filter((each) => !isKey(each, key));
  if (written) rest.splice(at < 0 ? rest.length : Math.min(at, rest.length), 0, written);
  return rest.join(" ");
}
