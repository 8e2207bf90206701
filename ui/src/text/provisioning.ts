// User provisioning: settings, token, sync, and turning Test Mode off.

import type { Progress, RunRow } from "../api/bindings";
import { number, count, duration } from "./format";
import { runStatusWord } from "./words";

export const provisioning = {
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
} as const;

export const token = {
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
} as const;

export const sync = {
  force: "Force Sync Now",
  running: (run: number) => `Sync ${number(run)} in progress`,
  starting: "Starting the sync",
  progress: ({ done, total }: Progress) => (total > 0 ? `${number(done)} of ${number(total)} objects` : ""),
  alreadyRunning: "A sync is running.",
  cancel: "Cancel sync",
  result: (run: RunRow) => `Sync ${number(run.id)} · ${runStatusWord[run.status]} in ${duration(run.durationMs)}.`,
  openReport: "Open the report",
} as const;

export const turnOff = {
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
} as const;
