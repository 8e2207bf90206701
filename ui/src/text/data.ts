// The data as a whole, and files that are written.

import type { Exported, ReportFormat } from "../api/bindings";
import { count, date, size, type Rich } from "./format";

export const data = {
  title: "Data",
  where: (path: string, bytes: number) => `${size(bytes)} in ${path}`,
  hint: "A backup is one file with everything: settings, directory, accounts, reports and the log. The token is in it as a hash only.",
  backUp: "Back up…",
  backingUp: "Writing the backup…",
  backedUp: (records: number) => `Backed up ${count(records, "record", "records")} to:`,
  notBackedUp: "No backup was written.",
  notAllRead: (records: number) => `The backup holds ${count(records, "record", "records")}, and not all there are:`,
  restore: "Restore…",
  reading: "Reading the backup…",
  notRestored: "Nothing was restored.",
  question: "Replace all data with this backup?",
  offer: (at: string, records: number): Rich => [
    "The backup is from ",
    { strong: date(at) },
    ` and holds ${count(records, "record", "records")}.`,
  ],
  replaced:
    "It takes the place of all settings, users, groups, accounts, reports and events. Your identity provider needs the token and the Tenant URL of that time.",
  kept: "The data that are there now are kept in the data directory, in a folder that begins with store.before.",
  startsAgain: "SCIM Desk starts again at once.",
  confirm: "Replace and start again",
  restored: (records: number) => `${count(records, "record is", "records are")} ready. SCIM Desk starts again…`,
  restoredKept: (kept: string) => `What was there before is kept in ${kept}.`,
  trouble: "Nothing can be stored.",
  troubleEnds: "This message goes when writes work again.",
} as const;

export const exports = {
  menu: "Export…",
  writing: "Writing the export…",
  written: ({ files, count: rows }: Exported) =>
    `Exported ${count(rows, "row", "rows")} to ${count(files.length, "file", "files")}:`,
  notWritten: "Nothing was exported.",
  report: { text: "Text", csv: "CSV", json: "JSON", html: "HTML, to print" } satisfies Record<ReportFormat, string>,
} as const;
