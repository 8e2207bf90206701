// The frame of the window, and what every page says the same way.

import type { Progress } from "../api/bindings";
import { number, count, type Rich, richList } from "./format";

export const nav = {
  label: "Pages",
  skip: "Skip to the page",
  breadcrumbs: "Breadcrumbs",
  configure: "Configure",
  review: "Review",
  data: "Data",
  version: (version: string) => `Version ${version}`,
} as const;

export const theme = {
  label: (choice: string) => `Theme: ${choice}`,
  system: "System",
  light: "Light",
  dark: "Dark",
} as const;

export const common = {
  cancel: "Cancel",
  close: "Close",
  retry: "Retry",
  copy: (what: string) => `Copy ${what}`,
  copied: (what: string) => `${what} copied`,
  notCopied: "Copying did not work. Select the text and copy it.",
  showMore: (more: number) => `Show ${number(more)} more`,
  clearFilters: "Clear filters",
  loading: "Loading",
  details: "Details",
  closeDetails: "Close details",
  noValue: "no value",
  none: "None",
  yes: "Yes",
  no: "No",
  any: "Any",
  typeToContinue: (word: string): Rich => ["Type ", { strong: word }, " to continue"],
  failed: "This page could not be read.",
  crashed: "This page stopped working.",
  reload: "Reload the window",
} as const;

export const notFound = {
  title: "Page not found",
  sentence: "This link points to a page that does not exist.",
  home: "Go to User provisioning",
} as const;

export const statusBar = {
  listening: (address: string) => `Listening ${address}`,
  stopped: (reason: string) => `Not listening: ${reason}`,
  testMode: (on: boolean) => `Test Mode ${on ? "ON" : "OFF"}`,
  off: "User Provisioning OFF",
  lastSync: "last sync",
  noSync: "no sync yet",
  running: ({ phase, done, total }: Progress) => (total > 0 ? `${phase} · ${number(done)} of ${number(total)}` : phase),
} as const;

export const saveBar = {
  label: "Unsaved changes",
  unsaved: (labels: string[]): Rich => ["You have unsaved changes to ", ...richList(labels), "."],
  save: "Save Changes",
  saved: "Changes saved",
  discard: "Discard",
  keep: "Keep editing",
  leave: (changes: number) => `Discard ${count(changes, "change", "changes")}?`,
  leaveBody: (labels: string[]): Rich => ["Leaving this page discards what you changed in ", ...richList(labels), "."],
} as const;
