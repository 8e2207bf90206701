// Numbers, dates and lists, as every sentence writes them.

const locale = "en-GB";


const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules(locale);
const listed = new Intl.ListFormat(locale, { type: "conjunction" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "short" });
const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const dateTimeSeconds = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });
const dayTime = new Intl.DateTimeFormat(locale, {
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

export const number = (value: number) => numbers.format(value);

/** "1 account", "2,000 accounts". */
export const count = (value: number, one: string, other: string) =>
  `${number(value)} ${plurals.select(value) === "one" ? one : other}`;

export const date = (iso: string) => dateTime.format(new Date(iso));
export const dateSeconds = (iso: string) => dateTimeSeconds.format(new Date(iso));
export const dateExact = (iso: string) => exact.format(new Date(iso));

/** `08-22 14:02:11`, for tables that are read by column. */
export function timeInTable(iso: string): string {
  const part = Object.fromEntries(dayTime.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part["month"]}-${part["day"]} ${part["hour"]}:${part["minute"]}:${part["second"]}`;
}

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const shortDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });

/** "14:02". */
export const timeOfDay = (iso: string | number) => clock.format(new Date(iso));

/** "22 Aug". */
export const dayOf = (iso: string | number) => shortDay.format(new Date(iso));

/** "2 min ago". */
export function ago(iso: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ];
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return "just now";
}

/** "31 ms", "1.4 s". */
export const duration = (ms: number) =>
  ms < 1000
    ? `${numbers.format(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms))} ms`
    : `${numbers.format(Math.round(ms / 100) / 10)} s`;

/** "48 MB". */
export function size(bytes: number): string {
  const steps: [string, number][] = [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
  ];
  for (const [unit, length] of steps) {
    if (bytes >= length) return `${numbers.format(Number((bytes / length).toPrecision(2)))} ${unit}`;
  }
  return count(bytes, "byte", "bytes");
}

/** A sentence with some of its words strong. */
export type Rich = (string | { strong: string })[];

/** "a, b and c". */
export const list = (items: string[]) => listed.format(items);

export const richList = (items: string[]): Rich =>
  listed.formatToParts(items).map(({ type, value }) => (type === "element" ? { strong: value } : value));

/** "12 of 250 users", or "250 users" when all are meant. */
export function of(total: number, all: number, one: string, other: string): string {
  return total === all ? count(all, one, other) : `${number(total)} of ${count(all, one, other)}`;
}
