// The frame of the window, and what every page says the same way.

import type { Progress, RunRow } from "../api/bindings";
import { count, list, number, type Rich, richList } from "./format";
import { runStatusWord } from "./words";

/** The titles of the pages, by their ids in the route table. */
export const pages = {
  overview: "Overview",
  welcome: "Welcome",
  provisioning: "User provisioning",
  connection: "Connection",
  reports: "Test Mode reports",
  logs: "Provisioning logs",
  directory: "Directory",
  accounts: "Console accounts",
  practice: "Practice identity provider",
  lessons: "Lessons & help",
  preferences: "Preferences",
  about: "About",
} as const;

export const nav = {
  label: "Pages",
  skip: "Skip to the page",
  breadcrumbs: "Breadcrumbs",
  groups: {
    start: "",
    configure: "Configure",
    review: "Review",
    data: "Data",
    learn: "Learn",
    application: "Application",
  },
  /** For those who listen. */
  startGroup: "Start",
  version: (version: string) => `Version ${version}`,
} as const;

export const theme = {
  label: (choice: string) => `Theme: ${choice}`,
  system: "System",
  light: "Light",
  dark: "Dark",
  contrast: "High contrast",
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
  home: "Go to the overview",
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

/** What stands in the way of an action. */
export const can = {
  off: "User Provisioning is off.",
  adi: "ADI is the selected service.",
  tokenThere: "There is a token already. Regenerate it in User provisioning.",
  noOffer: { save: "Nothing was edited.", discard: "Nothing was edited.", export: "This page has nothing to export." },
  noFilter: "This page has nothing to filter.",
} as const;

export const actions = {
  forceSync: "Force Sync Now",
  generateToken: "Generate SCIM Token",
  copyTenantUrl: "Copy Tenant URL",
  testConnection: "Test connection",
  save: "Save Changes",
  discard: "Discard changes",
  export: "Export…",
  filter: "Go to the filter box",
  refresh: "Refresh this page",
  palette: "Open the command palette",
  help: "Help for this page",
  shortcuts: "Keyboard shortcuts",
  notices: "Notices",
  theme: (word: string) => `Theme: ${word}`,
} as const;

export const palette = {
  label: "Command palette",
  placeholder: "Go to a page, run an action, find a sync or a person",
  groups: { pages: "Pages", actions: "Actions", syncs: "Recent syncs", people: "People" },
  nothing: "Nothing matches.",
  results: (found: number) => count(found, "result", "results"),
  sync: (id: number) => `Sync ${number(id)}`,
  hint: "↑ ↓ choose · Enter opens · Esc closes",
} as const;

export const shortcuts = {
  title: "Keyboard shortcuts",
  lead: "Every shortcut has a modifier or a function key, so none of them types anything.",
  groups: { pages: "Pages", actions: "Actions", tables: "In tables", single: "Single keys" },
  tables: [
    ["↑ ↓", "Move between rows"],
    ["Home End", "First and last row"],
    ["PgUp PgDn", "A screenful up or down"],
    ["Enter", "Open the row"],
    ["Esc", "Close the details, back to the row"],
  ] as const,
  single: [
    ["/", "Go to the filter box"],
    ["?", "Keyboard shortcuts"],
  ] as const,
  singleOff: "Single keys are off. Preferences turns them on.",
} as const;

export const notices = {
  title: "Notices",
  open: (unread: number) => (unread === 0 ? "Notices" : `Notices, ${number(unread)} unread`),
  none: "Nothing has happened yet. Saved settings, exports and ended syncs are listed here.",
  clear: "Clear all",
  dismiss: "Dismiss",
  syncEnded: (run: RunRow) => `Sync ${number(run.id)}: ${runStatusWord[run.status].toLowerCase()}`,
  openReport: "Open the report",
  saved: "Changes saved",
  exported: "Export written",
  backedUp: "Backup written",
  files: (files: string[]) => list(files),
} as const;

export const help = { title: "Help", open: "Help", lessons: "All lessons and help" } as const;
