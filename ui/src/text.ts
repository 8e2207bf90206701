// Every sentence the administrator reads. Pages call these and never join strings.

import type {
  AccountState,
  Action,
  Comparison,
  Consequences,
  Durability,
  EventKind,
  EventStatus,
  ExemptImported,
  Exported,
  HeldBy,
  Imported,
  ManagedBy,
  ObjectKind,
  PatchAnswer,
  Progress,
  ReportFormat,
  RunRow,
  RunStatus,
  Settings,
  SincePrevious,
} from "./api/bindings";
import { logs } from "./text/logs";

const locale = "en-GB";

// ---------------------------------------------------------------- numbers, dates, lists

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

const richList = (items: string[]): Rich =>
  listed.formatToParts(items).map(({ type, value }) => (type === "element" ? { strong: value } : value));

// ---------------------------------------------------------------- words shared by all pages

export const actionWord: Record<Action, string> = {
  create: "Created",
  change: "Changed",
  archive: "Archived",
  restore: "Restored",
};

/** A membership is added and removed, not created and archived. */
export const membershipWord: Record<Action, string> = { ...actionWord, create: "Added", archive: "Removed" };

/** What happens to people, in the order of what matters most. */
export const consequenceWord: Record<keyof Consequences, string> = {
  losesAccess: "Lose access",
  getsAccess: "Get access",
  changesAddress: "Change address",
  changesManager: "Change manager",
  joinsGroup: "Join a group",
  leavesGroup: "Leave a group",
};

export const runStatusWord: Record<RunStatus, string> = {
  pending: "Pending",
  processing: "Processing",
  completed: "Completed",
  skipped: "Skipped",
  stopped: "Stopped",
  failed: "Failed",
};

export const eventStatusWord: Record<EventStatus, string> = {
  success: "Success",
  failure: "Failure",
  skipped: "Skipped",
  warning: "Warning",
};

export const eventKindWord: Record<EventKind, string> = { request: "Request", sync: "Sync", admin: "Administrator" };
export const patchAnswerWord: Record<PatchAnswer, string> = {
  byType: "Users 200, groups 204",
  resource: "Always 200, with the resource",
  noContent: "Always 204, without it",
};
export const durabilityWord: Record<Durability, string> = {
  powerLoss: "A power cut",
  processCrash: "A crash of SCIM Desk",
};
export const accountStateWord: Record<AccountState, string> = { active: "Active", archived: "Archived" };
export const managedByWord: Record<ManagedBy, string> = { console: "Console", scim: "SCIM", adi: "ADI" };

export const settingLabel: Record<keyof Settings, string> = {
  enabled: "Enable User Provisioning",
  service: "Service",
  testMode: "Test Mode",
  listen: "Listen address",
  guardRailAccounts: "Guard rail (accounts)",
  guardRailPercent: "Guard rail (percent)",
  quietSeconds: "Quiet time",
  logDays: "Log retention (days)",
  logEvents: "Log retention (events)",
  strict: "Strict SCIM",
  patchAnswer: "Answer to a PATCH",
  rateLimit: "Request limit",
  durability: "Durability",
  captureBodies: "Capture of bodies",
  alertSyncs: "Alerts to syncs",
  alertSilence: "Alerts to silence",
  alertRejections: "Alerts to rejected tokens",
};

const mode = (testMode: boolean) => (testMode ? "Test" : "Live");

export const text = {
  product: "SCIM Desk",
  windowTitle: (page: string) => `${page} – SCIM Desk`,

  nav: {
    label: "Pages",
    skip: "Skip to the page",
    breadcrumbs: "Breadcrumbs",
    configure: "Configure",
    review: "Review",
    data: "Data",
    version: (version: string) => `Version ${version}`,
  },

  theme: {
    label: (choice: string) => `Theme: ${choice}`,
    system: "System",
    light: "Light",
    dark: "Dark",
  },

  common: {
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
  },

  notFound: {
    title: "Page not found",
    sentence: "This link points to a page that does not exist.",
    home: "Go to User provisioning",
  },

  statusBar: {
    listening: (address: string) => `Listening ${address}`,
    stopped: (reason: string) => `Not listening: ${reason}`,
    testMode: (on: boolean) => `Test Mode ${on ? "ON" : "OFF"}`,
    off: "User Provisioning OFF",
    lastSync: "last sync",
    noSync: "no sync yet",
    running: ({ phase, done, total }: Progress) => (total > 0 ? `${phase} · ${number(done)} of ${number(total)}` : phase),
  },

  saveBar: {
    label: "Unsaved changes",
    unsaved: (labels: string[]): Rich => ["You have unsaved changes to ", ...richList(labels), "."],
    save: "Save Changes",
    saved: "Changes saved",
    discard: "Discard",
    keep: "Keep editing",
    leave: (changes: number) => `Discard ${count(changes, "change", "changes")}?`,
    leaveBody: (labels: string[]): Rich => ["Leaving this page discards what you changed in ", ...richList(labels), "."],
  },

  provisioning: {
    title: "User provisioning",
    crumbs: ["Account settings", "User management"],
    testModeOn: "Test Mode is on.",
    testModeExplained: "Syncs create a report of what would change. No console account is touched.",
    viewLatestReport: "View latest report",
    noReportYet: "There is no report yet. A sync makes the first one.",
    enable: "Enable User Provisioning (User Syncing)",
    enableHint: "Let an identity provider create, change and archive console accounts.",
    enableMore: "Turn this on to display more provisioning settings.",
    service: "Where people come from",
    adiLater: "Active Directory sync arrives with a later version. Choosing SCIM turns Test Mode on when you save.",
    scimTurnsTestModeOn: "You are switching from ADI to SCIM, so Test Mode is turned on when you save.",
    scimSettings: "SCIM Settings",
    tenantUrl: "Tenant URL",
    tenantUrlHint: "Paste this into the Tenant URL field of your identity provider.",
    testMode: "Test Mode",
    testModeHint:
      "Test Mode generates a report of what would happen and changes nothing in the console. Keep it on until your identity provider is connected and one sync has been successful.",
    more: "More settings",
    moreHint: "Guard rail, quiet time, listen address, SCIM server, log retention",
    guardRailHint: "Stop a sync that would archive more than this. Leave a field empty for no such limit.",
    accounts: "accounts",
    percent: "% of active accounts",
    quietHint: "Seconds without a change from the identity provider before a sync starts by itself.",
    seconds: "seconds",
    listenHint: "Address and port of the SCIM server. Saving starts it there.",
    strictHint:
      "Refuse attributes and schemas nobody declares, and filter values without quotes, instead of noting them in the log. Leave it off for Entra ID and Okta.",
    patchAnswerHint: "Some identity providers read the resource back from the answer; others want none.",
    rateLimitHint: "A client that sends more is told to wait (429). Leave it empty for no limit; Entra ID needs at least 25.",
    durabilityHint:
      "What an answered write survives. The first costs a sync of the disk; with the second a power cut may take the last seconds that the identity provider believes stored.",
    perSecond: "a second and client",
    logHint: "Older events are dropped from the provisioning log.",
    days: "days",
    events: "events",
    notSaved: "Nothing was saved.",
  },

  token: {
    label: "SCIM token",
    generate: "Generate SCIM Token",
    regenerate: "Regenerate SCIM token",
    revoke: "Revoke SCIM token",
    issuing: "A token is being made.",
    none: "No token yet. Your identity provider uses it to sign in; it is shown once.",
    revoked: (display: string, when: string) => `${display} was revoked ${when}. Your identity provider cannot sign in.`,
    known: (created: string, used: string | null, uses: number) =>
      [`Created ${created}`, used ? `last used ${used}` : "never used", `${count(uses, "use", "uses")} today`].join(" · "),
    needsToken: "Generate a SCIM token first.",
    created: "SCIM token created",
    copyNow: "Copy it now. You cannot view it again.",
    power: "Anyone with it can create, change and archive accounts in this console.",
    iHaveSaved: "I have saved this token",
    ok: "OK",
    okNeeds: "Copy the token or tick the box first.",
    regenerateTitle: "Regenerate SCIM token?",
    regenerateBody: "Your identity provider stops syncing until you give it the new token.",
    revokeTitle: "Revoke SCIM token?",
    revokeBody:
      "Your identity provider can no longer sign in. Syncing stops until you generate a new token and give it to your identity provider.",
    usesToday: (uses: number) => `${count(uses, "request", "requests")} used the current one today.`,
  },

  sync: {
    force: "Force Sync Now",
    running: (run: number) => `Sync ${number(run)} in progress`,
    starting: "Starting the sync",
    progress: ({ done, total }: Progress) => (total > 0 ? `${number(done)} of ${number(total)} objects` : ""),
    alreadyRunning: "A sync is running.",
    cancel: "Cancel sync",
    result: (run: RunRow) => `Sync ${number(run.id)} · ${runStatusWord[run.status]} in ${duration(run.durationMs)}.`,
    openReport: "Open the report",
  },

  turnOff: {
    title: "Turn off Test Mode?",
    confirm: "Turn Off Test Mode",
    next: "The newest Test Mode report shows what the next sync will do to accounts:",
    effect: "From the next sync on, accounts and groups in this console are created, changed, archived and restored.",
    reportLink: (run: RunRow) => `Open report ${number(run.id)}`,
    newer: (changes: number) =>
      `This report is older than the newest request: the identity provider has sent ${count(changes, "change", "changes")} since. Run a test sync to see what the next sync will do now.`,
    unknownAge: "It is not known whether the identity provider has sent changes since this report.",
    held: (held: number) => `${count(held, "object", "objects")} on hold now: the next sync makes no change there.`,
    users: ({ created, changed, archived, restored }: RunRow["counts"]["users"]) =>
      `${number(created)} created, ${number(changed)} changed, ${number(archived)} archived, ${number(restored)} restored.`,
    aliases:
      "Alias e-mail addresses from ADI are removed once Test Mode is off and a sync runs, because SCIM does not support them.",
    noReport: "There is no Test Mode report yet, so nobody has seen what the next sync will do.",
    runFirst: "Run a test sync first",
    overRail: (archived: number) =>
      `This is more than the guard rail allows: ${count(archived, "account", "accounts")} would be archived.`,
    word: "turn off",
  },

  reports: {
    title: "Test Mode reports",
    mode: "Mode",
    modes: { any: "Any mode", test: "Test Mode", live: "Live" },
    modeWord: mode,
    total: (total: number) => count(total, "sync", "syncs"),
    columns: {
      sync: "Sync",
      started: "Started",
      trigger: "Trigger",
      status: "Status",
      users: "Users",
      groups: "Groups",
      memberships: "Memberships",
      mode: "Mode",
      result: "Result",
    },
    never: "No syncs yet. A sync makes a report of every change, and in Test Mode makes none of them.",
    neverAction: "Go to Force Sync Now",
    filtered: "No syncs match.",
    counts: (name: string, value: number) => `${number(value)} ${name.toLowerCase()}`,
    noChanges: "no changes",
  },

  report: {
    crumb: (id: number) => `Sync ${number(id)}`,
    loading: (id: number) => `Report ${number(id)}`,
    compared: (objects: number, ms: number) => `${count(objects, "object", "objects")} compared in ${duration(ms)}`,
    undoes: (run: number) => `This is the undo of sync ${number(run)}.`,
    undoneBy: (run: number) => `Sync ${number(run)} has undone this one.`,
    openReport: (run: number) => `Open report ${number(run)}`,
    newer: (changes: number) =>
      `The identity provider has sent ${count(changes, "change", "changes")} since this report.`,
    effect: ({ testMode, applied }: RunRow) =>
      !testMode && applied ? "changes were made to the console" : "nothing was changed",
    since: ({ previous, new: fresh, gone }: SincePrevious) =>
      fresh + gone === 0
        ? `The same changes as in report ${number(previous)}.`
        : `Since report ${number(previous)}: ${number(fresh)} new, ${number(gone)} gone.`,
    turnOff: "Turn off Test Mode…",
    allowOnce: "Review and allow once…",
    allowTitle: "Allow this sync once?",
    allowBody: (run: RunRow) =>
      [
        "The guard rail stays as it is and one sync runs now.",
        `Up to ${count(run.counts.users.archived, "account", "accounts")} may be archived;`,
        "if there are more by then, the sync stops again.",
      ].join(" "),
    allowTest: "Test Mode is on: it makes a report and changes nothing.",
    allowLive: "Test Mode is off: accounts in this console are archived.",
    allowConfirm: (run: RunRow, testMode: boolean) =>
      testMode ? "Run Test Sync" : `Sync and Archive up to ${number(run.counts.users.archived)}`,
    stopped: "The sync was stopped.",
    skipped: "The sync was skipped.",
    failed: "The sync failed.",
    matrix: "What changes",
    object: "Object",
    matrixRows: { groups: "Groups", users: "Users", memberships: "Memberships" },
    people: "What happens to people",
    showAll: "Show all changes",
    tabs: { user: "Users", group: "Groups", membership: "Memberships", held: "On hold", skipped: "Skipped", warning: "Warnings" } satisfies Record<
      ObjectKind,
      string
    >,
    filter: "Filter by name, address or value",
    because: (reason: string) => `Because: ${reason}`,
    was: "was ",
    becomes: "becomes ",
    unchanged: (fields: number) => `${count(fields, "unchanged attribute", "unchanged attributes")} hidden`,
    hold: "Hold",
    holdHint: (name: string) => `Put ${name} on hold: later syncs leave it as it is until you release it`,
    onHold: "On hold",
    release: "Release",
    releaseHint: (name: string) => `Release ${name}: the next sync changes it`,
    heldBy: {
      administrator: "On hold in this sync.",
      protected: "The account is protected, so it was not archived.",
    } satisfies Record<HeldBy, string>,
    openAccount: "Open account",
    undoPerson: "Undo",
    undoPersonHint: (name: string) => `Undo for ${name} alone`,
    isNew: "New since the last report",
    isNewShort: "New",
    unfinished: "The sync is in progress. Its report is shown when it has ended.",
    notKept: "The rows of this report are no longer kept.",
    empty: "Nothing to review: no account, group or membership differs.",
    emptyTab: {
      user: "No account changes.",
      group: "No group changes.",
      membership: "No membership changes.",
      held: "Nothing is on hold.",
      skipped: "Nothing was skipped.",
      warning: "No warnings.",
    } satisfies Record<ObjectKind, string>,
    filtered: "No changes match.",
  },

  holds: {
    open: "On hold…",
    title: "On hold",
    lead: "Syncs leave these as they are until you release them.",
    none: "Nothing is on hold. Put a row of a report on hold and it stands here.",
    since: (when: string, run: number) => `since ${when}, from report ${number(run)}`,
    planned: { create: "to create", change: "to change", archive: "to archive", restore: "to restore" } satisfies Record<Action, string>,
  },

  undo: {
    open: "Undo this sync…",
    title: (run: number) => `Undo sync ${number(run)}?`,
    titlePerson: (run: number, name: string) => `Undo sync ${number(run)} for ${name}?`,
    confirm: "Undo",
    taken: (changes: number) => `${count(changes, "change is", "changes are")} taken back:`,
    matrix: (name: string, { created, changed, archived, restored }: RunRow["counts"]["users"]) =>
      `${name}: ${number(created)} created, ${number(changed)} changed, ${number(archived)} archived or removed, ${number(restored)} restored`,
    nothing: "Nothing can be taken back.",
    left: (left: number) => `${count(left, "change stays as it is", "changes stay as they are")}:`,
    more: (more: number) => `and ${number(more)} more`,
    testMode: "Test Mode is turned on, so that the next sync does not do it again.",
    hold: "What is taken back is put on hold, so that the next sync does not do it again.",
  },

  compare: {
    label: "Compare with",
    none: "Compare with…",
    option: (run: RunRow) => `Report ${number(run.id)} · ${date(run.startedAt)}`,
    title: (from: number, to: number) => `Report ${number(from)} compared with report ${number(to)}`,
    crumb: (from: number, to: number) => `${number(from)} and ${number(to)}`,
    summary: ({ new: fresh, gone, same }: Comparison) =>
      `${number(fresh)} new, ${number(gone)} gone, ${number(same)} the same.`,
    onlyIn: (run: number) => `Only in report ${number(run)}`,
    nothing: "Nothing.",
  },

  whyNot: {
    open: "Why not?…",
    title: "Why has somebody an account, or not?",
    address: "Address or userName",
    example: "adelev@contoso.com",
    ask: "Ask",
    asking: "Everybody is compared…",
    account: "Open the account",
    user: "Open the directory user",
  },

  mapping: {
    open: "Attribute mapping…",
    title: "Attribute mapping",
    lead: "What your identity provider sends in the attribute on the left stands in the account's field on the right. What it does not send is blank.",
    attribute: "SCIM attribute",
    field: "Account field",
    key: "CSV heading",
  },

  exempt: {
    open: "Exempt list…",
    title: "Exempt list",
    lead: "Syncs leave accounts with these addresses alone, and make none for them.",
    none: "No address is on the list.",
    add: "Add",
    address: "Address",
    import: "Import CSV…",
    remove: (address: string) => `Remove ${address}`,
    imported: ({ addresses, added }: ExemptImported) =>
      `${count(addresses, "address", "addresses")} read, ${number(added)} of them new on the list.`,
  },

  data: {
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
  },

  exports: {
    menu: "Export…",
    writing: "Writing the export…",
    written: ({ files, count: rows }: Exported) =>
      `Exported ${count(rows, "row", "rows")} to ${count(files.length, "file", "files")}:`,
    notWritten: "Nothing was exported.",
    report: { text: "Text", csv: "CSV", json: "JSON", html: "HTML, to print" } satisfies Record<ReportFormat, string>,
  },

  logs,

  directory: {
    title: "Directory",
    lead: "What your identity provider has sent.",
    users: "Users",
    groups: "Groups",
    searchUsers: "Search name, userName or externalId",
    searchGroups: "Search name or externalId",
    active: "Active",
    activeChoices: { any: "Active or not", yes: "Active", no: "Not active" },
    columns: {
      name: "Name",
      userName: "userName",
      active: "Active",
      groups: "Groups",
      lastModified: "Last changed",
      account: "Console account",
      externalId: "externalId",
      members: "Members",
    },
    chooseColumns: "Columns",
    noColumns: "Only the usual columns",
    totalUsers: (total: number, all: number) => of(total, all, "user", "users"),
    totalGroups: (total: number, all: number) => of(total, all, "group", "groups"),
    neverUsers: "No users yet. They appear here when your identity provider sends them.",
    neverGroups: "No groups yet. They appear here when your identity provider sends them.",
    off: "Turn on User Provisioning to receive users and groups.",
    offAction: "Go to User provisioning",
    filteredUsers: "No users match.",
    filteredGroups: "No groups match.",
    notLinked: "Not linked",
    tabs: { attributes: "Attributes", groups: "Groups", members: "Members", json: "Raw JSON" },
    attribute: "Attribute",
    value: "Value",
    feeds: (field: string) => `feeds ${field}`,
    inNoGroup: "This user is in no group.",
    memberCount: (members: number) => count(members, "member", "members"),
    noMembers: "This group has no members.",
    first200: "The first 200 are shown.",
    json: "JSON",
    account: "Console account",
  },

  accounts: {
    title: "Console accounts",
    lead: "What your organisation's console holds.",
    search: "Search name, address or field",
    state: "State",
    anyState: "Any state",
    managedBy: "Managed by",
    anyManagedBy: "Managed by anyone",
    total: (total: number, all: number) => of(total, all, "account", "accounts"),
    columns: {
      name: "Name",
      email: "Address",
      state: "State",
      managedBy: "Managed by",
      exempt: "Marks",
      lastChanged: "Last changed",
    },
    never: "No accounts yet. Import those your console holds today, or let the first sync create them.",
    filtered: "No accounts match.",
    import: "Import CSV…",
    reading: "Reading the file…",
    imported: ({ created, changed, unchanged }: Imported) =>
      `${count(created, "account", "accounts")} created, ${number(changed)} changed, ${number(unchanged)} as before.`,
    importedFrom: (path: string) => `Imported from ${path}`,
    notImported: "The import was refused.",
    exempt: "Keep out of provisioning",
    exemptHint: "Syncs neither change nor archive this account.",
    exemptYes: "Exempt",
    protect: "Protect from being archived",
    protectHint: "A sync that would archive this account holds that back and says so.",
    protectedYes: "Protected",
    fields: "Fields",
    field: "Field",
    fieldValue: "Value",
    from: "Fed by",
    aliases: "Alias addresses",
    aliasNote: "Removed by the first live sync, because SCIM does not support alias addresses.",
    groups: "Groups",
    directoryUser: "Directory user",
    notLinked: "Not linked to a directory user",
  },
} as const;

function of(total: number, all: number, one: string, other: string): string {
  return total === all ? count(all, one, other) : `${number(total)} of ${count(all, one, other)}`;
}
