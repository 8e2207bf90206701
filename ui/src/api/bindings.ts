// Written by `cargo test` from src-tauri/src/view and commands.rs. Do not edit.

/**
 * What the status bar and the page badges show; asked once at start and after every change.
 */
export type Status = {
/**
 * The application's version, for the About line.
 */
version: string,
/**
 * Where the data lives.
 */
dataDir: string,
/**
 * The SCIM server.
 */
server: Server,
/**
 * What an identity provider is given; ends in `/`.
 */
tenantUrl: string,
/**
 * "Enable User Provisioning (User Syncing)" as saved.
 */
enabled: boolean,
/**
 * The selected service as saved.
 */
service: Service,
/**
 * Test Mode as saved.
 */
testMode: boolean,
/**
 * A sync that is under way.
 */
running: Progress | null,
/**
 * The newest finished sync.
 */
lastSync: RunRow | null,
/**
 * Why nothing can be stored at the moment, as a sentence; the disk may be full.
 */
trouble: string | null, };

/**
 * Whether the SCIM server listens.
 */
export type Server = { "state": "listening",
/**
 * Address and port.
 */
address: string, } | { "state": "stopped",
/**
 * A sentence.
 */
reason: string, };

/**
 * How far a long piece of work has come. Sent as the window event `progress`, and a last
 * time with `done == total`.
 */
export type Progress = {
/**
 * The sync's number.
 */
run: number,
/**
 * What is going on: "Reading the directory", "Comparing", "Applying", "Writing the report".
 */
phase: string,
/**
 * Objects done in this phase.
 */
done: number,
/**
 * Objects in this phase; 0 while it is not known.
 */
total: number, };

/**
 * What has changed, so that pages that show it ask again. Sent as the window event
 * `changed`, at most once a second.
 */
export type Topic = "settings" | "token" | "runs" | "directory" | "accounts" | "logs";

/**
 * Where people come from.
 */
export type Service = "ADI" | "SCIM";

/**
 * What a PATCH is answered with when the client names no attributes.
 */
export type PatchAnswer = "byType" | "resource" | "noContent";

/**
 * What an answered write survives.
 */
export type Durability = "powerLoss" | "processCrash";

/**
 * The provisioning settings: read, edited as a draft, and saved as a whole.
 */
export type Settings = {
/**
 * Enable User Provisioning (User Syncing).
 */
enabled: boolean,
/**
 * ADI | SCIM.
 */
service: Service,
/**
 * Test Mode.
 */
testMode: boolean,
/**
 * Address and port the SCIM server listens on, such as `127.0.0.1:8443`.
 */
listen: string,
/**
 * Stop a sync that would archive more than this many accounts; null: no such limit.
 */
guardRailAccounts: number | null,
/**
 * Stop a sync that would archive more than this percentage of the active accounts; null: no such limit.
 */
guardRailPercent: number | null,
/**
 * Seconds without a write before a sync starts by itself.
 */
quietSeconds: number,
/**
 * Refuse what nobody declares instead of noting it.
 */
strict: boolean,
/**
 * What a PATCH is answered with.
 */
patchAnswer: PatchAnswer,
/**
 * Requests a second that one client may send; null: no limit.
 */
rateLimit: number | null,
/**
 * What an answered write survives.
 */
durability: Durability,
/**
 * Days that log events are kept.
 */
logDays: number,
/**
 * Log events kept at most.
 */
logEvents: number,
/**
 * The log keeps the bodies of requests and answers.
 */
captureBodies: boolean,
/**
 * Tell of a sync that failed, was stopped or was skipped.
 */
alertSyncs: boolean,
/**
 * Tell of an identity provider that has fallen silent.
 */
alertSilence: boolean,
/**
 * Tell of a burst of rejected tokens.
 */
alertRejections: boolean, };

/**
 * What is known about the SCIM token; the token itself is never told again.
 */
export type TokenStatus = { "state": "none" } | { "state": "active",
/**
 * `scimdesk_••••7Q2f`.
 */
display: string,
/**
 * When it was made.
 */
createdAt: string,
/**
 * When a request last used it.
 */
lastUsedAt: string | null,
/**
 * Requests that used it today (UTC).
 */
usesToday: number, } | { "state": "revoked",
/**
 * `scimdesk_••••7Q2f`.
 */
display: string,
/**
 * When.
 */
revokedAt: string, };

/**
 * A token that was just made: the only time it is shown.
 */
export type IssuedToken = {
/**
 * The clear token.
 */
token: string, };

/**
 * What a sync does to an object; `symbol` and words are the same everywhere.
 */
export type Action = "create" | "change" | "archive" | "restore";

/**
 * What a row of a report is about.
 */
export type ObjectKind = "user" | "group" | "membership" | "held" | "skipped" | "warning";

/**
 * Where a sync stands.
 */
export type RunStatus = "pending" | "processing" | "completed" | "skipped" | "stopped" | "failed";

/**
 * Created, changed, archived, restored.
 */
export type ActionCounts = { created: number, changed: number, archived: number, restored: number, };

/**
 * The matrix of a report.
 */
export type Counts = { users: ActionCounts, groups: ActionCounts, memberships: ActionCounts, held: number, skipped: number, warnings: number, };

/**
 * One sync in the list of reports.
 */
export type RunRow = {
/**
 * The sync's number.
 */
id: number,
/**
 * When it began.
 */
startedAt: string,
/**
 * When it ended.
 */
finishedAt: string | null,
/**
 * "Force Sync Now", "Identity provider went quiet", "Settings were saved", "Undo".
 */
trigger: string,
/**
 * ADI or SCIM.
 */
service: Service,
/**
 * Where it stands.
 */
status: RunStatus,
/**
 * Why it was skipped, stopped or failed.
 */
reason: string | null,
/**
 * Whether it ran in Test Mode.
 */
testMode: boolean,
/**
 * Whether the changes were made to the console.
 */
applied: boolean,
/**
 * The matrix.
 */
counts: Counts,
/**
 * What it means for people; null for a sync of an earlier version.
 */
consequences: Consequences | null,
/**
 * The earlier sync that this one undoes.
 */
undoes: number | null,
/**
 * The later sync that has undone all of this one.
 */
undoneBy: number | null,
/**
 * Whether it can be undone.
 */
canUndo: boolean,
/**
 * Whether its report can be compared with another.
 */
canCompare: boolean,
/**
 * Objects compared.
 */
compared: number,
/**
 * Wall time.
 */
durationMs: number,
/**
 * `Plan: 3 to create, 1 to change, 2 to archive, 1 to restore.`, or the sentence for an empty plan.
 */
summary: string, };

/**
 * Which reports to list.
 */
export type ReportsRequest = {
/**
 * Only Test Mode syncs (true), only live ones (false), or both.
 */
testMode: boolean | null,
/**
 * The oldest first.
 */
oldestFirst: boolean,
/**
 * Rows to pass over.
 */
offset: number,
/**
 * Rows at most; 200 is the most given.
 */
limit: number, };

/**
 * A page of syncs, newest first.
 */
export type ReportsPage = {
/**
 * All that match.
 */
total: number,
/**
 * This page.
 */
rows: Array<RunRow>, };

/**
 * One report by its number.
 */
export type ReportId = {
/**
 * The sync's number.
 */
id: number, };

/**
 * The head of a report; its rows are asked page by page.
 */
export type Report = {
/**
 * The sync.
 */
run: RunRow,
/**
 * How it differs from the report before it; null for the first.
 */
sincePrevious: SincePrevious | null,
/**
 * Whether "Allow once" is offered: the guard rail stopped this sync and nothing newer ran.
 */
canAllowOnce: boolean,
/**
 * Changes that the identity provider has sent since; null where it is not known.
 */
changesSince: number | null, };

/**
 * "2 new, 1 gone" against the report before.
 */
export type SincePrevious = {
/**
 * The earlier sync.
 */
previous: number,
/**
 * Changes that were not in it.
 */
new: number,
/**
 * Changes that were in it and are not in this one.
 */
gone: number, };

/**
 * Which rows of a report to read.
 */
export type ReportRowsRequest = {
/**
 * The sync's number.
 */
id: number,
/**
 * Users, groups, memberships, skipped or warnings.
 */
object: ObjectKind,
/**
 * Only this action.
 */
action: Action | null,
/**
 * Only changes that do this to somebody, whatever they are about; the two above are then passed over.
 */
consequence: Consequence | null,
/**
 * Only rows with this in name, address, field or value; empty for all.
 */
search: string,
/**
 * Rows to pass over.
 */
offset: number,
/**
 * Rows at most; 200 is the most given.
 */
limit: number, };

/**
 * A page of a report's rows.
 */
export type ReportRows = {
/**
 * All that match.
 */
total: number,
/**
 * This page.
 */
rows: Array<ReportRow>, };

/**
 * One object of a report.
 */
export type ReportRow = {
/**
 * Its place in the report; a key for lists.
 */
index: number,
/**
 * What it is about.
 */
object: ObjectKind,
/**
 * What happens to it; null for skipped and warnings.
 */
action: Action | null,
/**
 * The person's or group's name; for a membership the person's.
 */
name: string,
/**
 * The person's address, or for a membership the group's name; empty when there is none.
 */
detail: string,
/**
 * Why, as a sentence.
 */
reason: string,
/**
 * Before → after.
 */
fields: Array<FieldChange>,
/**
 * Mapped fields that stay as they are.
 */
unchanged: number,
/**
 * Not in the report before this one; false when there was none.
 */
isNew: boolean,
/**
 * What it is about, for a change; null for skipped and warnings.
 */
target: Target | null,
/**
 * Whether that is on hold now.
 */
onHold: boolean,
/**
 * Who held it back in this sync, if it was.
 */
heldBy: HeldBy | null, };

/**
 * One field, before → after. Null is "no value".
 */
export type FieldChange = {
/**
 * What people call it: "Job title".
 */
label: string,
/**
 * Where it comes from: `title`.
 */
path: string,
/**
 * The value before.
 */
before: string | null,
/**
 * The value after.
 */
after: string | null, };

/**
 * Force Sync Now.
 */
export type SyncRequest = {
/**
 * Let this one sync archive up to so many accounts, whatever the guard rail says: as many
 * as the report showed; null: the guard rail decides.
 */
allowArchives: number | null, };

/**
 * An account, a group, or an account in a group.
 */
export type Target = {
/**
 * User, group or membership.
 */
object: ObjectKind,
/**
 * The group's id.
 */
group: string | null,
/**
 * The account's id.
 */
account: string | null, };

/**
 * Who holds a change back.
 */
export type HeldBy = "administrator" | "protected";

/**
 * Something that happens to a person.
 */
export type Consequence = "losesAccess" | "getsAccess" | "changesAddress" | "changesManager" | "joinsGroup" | "leavesGroup";

/**
 * How many times each happens in a report.
 */
export type Consequences = { losesAccess: number, getsAccess: number, changesAddress: number, changesManager: number, joinsGroup: number, leavesGroup: number, };

/**
 * Put what a row of a report is about on hold.
 */
export type HoldRequest = {
/**
 * The sync's number.
 */
id: number,
/**
 * The row's place in its report.
 */
index: number, };

/**
 * Everything that is on hold.
 */
export type Holds = {
/**
 * Accounts, groups, memberships.
 */
rows: Array<HoldRow>, };

/**
 * One object on hold.
 */
export type HoldRow = {
/**
 * What it is.
 */
target: Target,
/**
 * What a sync would have done to it when it was put on hold.
 */
action: Action,
/**
 * The person's or group's name then.
 */
name: string,
/**
 * The person's address; for a membership the group's name.
 */
detail: string,
/**
 * Since when.
 */
since: string,
/**
 * The report it was put on hold from, or the undo that did it.
 */
run: number, };

/**
 * Undo a sync.
 */
export type UndoRequest = {
/**
 * The sync's number.
 */
id: number,
/**
 * Only this account and its memberships; all of the sync, if null.
 */
account: string | null, };

/**
 * What an undo would do.
 */
export type UndoPlan = {
/**
 * What would be taken back; `skipped` is what would be left.
 */
counts: Counts,
/**
 * Why the first of those would be left.
 */
left: Array<string>, };

/**
 * Compare two reports.
 */
export type CompareRequest = {
/**
 * The earlier sync's number.
 */
from: number,
/**
 * The later one's.
 */
to: number, };

/**
 * How two reports differ.
 */
export type Comparison = {
/**
 * The earlier sync.
 */
from: RunRow,
/**
 * The later one.
 */
to: RunRow,
/**
 * Rows that only the earlier has.
 */
gone: number,
/**
 * Rows that only the later has.
 */
new: number,
/**
 * Rows that both have.
 */
same: number, };

/**
 * Which of the rows that one report has and another has not.
 */
export type CompareRowsRequest = {
/**
 * The report that has them.
 */
of: number,
/**
 * The report that has not.
 */
but: number,
/**
 * Rows to pass over.
 */
offset: number,
/**
 * Rows at most; 200 is the most given.
 */
limit: number, };

/**
 * Ask about an address.
 */
export type ExplainRequest = {
/**
 * The address, or a userName that is none.
 */
address: string, };

/**
 * Why somebody has, or has not, an account.
 */
export type Explanation = {
/**
 * The answer, in one paragraph.
 */
paragraph: string,
/**
 * The account it leads to.
 */
account: string | null,
/**
 * The directory user it leads to.
 */
user: string | null, };

/**
 * What turning Test Mode off would lead to.
 */
export type GoLive = {
/**
 * The newest Test Mode report; null if there is none.
 */
report: RunRow | null,
/**
 * Changes that the identity provider has sent since it; null where it is not known.
 */
changesSince: number | null,
/**
 * Objects that are on hold now, whatever the report says.
 */
holds: number,
/**
 * Active accounts: what the guard rail's percentage is of.
 */
activeAccounts: number, };

/**
 * Which users or groups of the directory to list.
 */
export type DirectoryRequest = {
/**
 * Words looked for in names, userName and externalId; empty for all.
 */
search: string,
/**
 * Users only: active or not.
 */
active: boolean | null,
/**
 * Users only: attributes to show beside what is always there, by path; unknown ones have no values.
 */
columns: Array<string>,
/**
 * In which order; null for the usual one.
 */
sort: Sort | null,
/**
 * Rows to pass over.
 */
offset: number,
/**
 * Rows at most; 200 is the most given.
 */
limit: number, };

/**
 * By which column a list is sorted.
 */
export type Sort = {
/**
 * The column's id.
 */
column: string,
/**
 * The other way round.
 */
descending: boolean, };

/**
 * A page of directory users, by userName.
 */
export type UsersPage = {
/**
 * All that match.
 */
total: number,
/**
 * All there are.
 */
all: number,
/**
 * This page.
 */
rows: Array<UserRow>, };

/**
 * One user the identity provider has sent.
 */
export type UserRow = {
/**
 * SCIM id.
 */
id: string,
/**
 * displayName, or what stands for it.
 */
name: string,
/**
 * userName.
 */
userName: string,
/**
 * active.
 */
active: boolean,
/**
 * Groups it is a member of.
 */
groups: number,
/**
 * meta.lastModified.
 */
lastModified: string,
/**
 * The console account it is linked to.
 */
account: NamedRef | null,
/**
 * Path → text of the attributes asked for.
 */
values: { [key in string]: string }, };

/**
 * What the list of users can show beside what it always shows: a column for each attribute of the schemas.
 */
export type UserColumns = {
/**
 * In the order of the schemas.
 */
columns: Array<ColumnInfo>, };

/**
 * One attribute that makes a column.
 */
export type ColumnInfo = {
/**
 * What to ask for.
 */
path: string,
/**
 * What stands above it.
 */
title: string,
/**
 * The schema's name: "User", "Enterprise User".
 */
schema: string,
/**
 * One sentence about it.
 */
description: string, };

/**
 * An id with the name to show for it.
 */
export type NamedRef = {
/**
 * What to ask for.
 */
id: string,
/**
 * What to show.
 */
name: string, };

/**
 * One object by its id.
 */
export type ObjectId = {
/**
 * SCIM id or account id.
 */
id: string, };

/**
 * All about one directory user.
 */
export type UserDetail = {
/**
 * The row.
 */
row: UserRow,
/**
 * Every attribute, flattened.
 */
attributes: Array<AttributeValue>,
/**
 * Its groups, the first 200.
 */
groups: Array<NamedRef>,
/**
 * The resource as the server answers it, pretty-printed.
 */
json: string, };

/**
 * One attribute of a resource, flattened: `emails[work].value`.
 */
export type AttributeValue = {
/**
 * The schema's name: "User", "Enterprise User".
 */
schema: string,
/**
 * The path.
 */
path: string,
/**
 * The value as text.
 */
value: string,
/**
 * What the console calls the field it feeds; null when it feeds none.
 */
feeds: string | null, };

/**
 * A page of directory groups, by displayName.
 */
export type GroupsPage = {
/**
 * All that match.
 */
total: number,
/**
 * All there are.
 */
all: number,
/**
 * This page.
 */
rows: Array<GroupRow>, };

/**
 * One group the identity provider has sent.
 */
export type GroupRow = {
/**
 * SCIM id.
 */
id: string,
/**
 * displayName.
 */
name: string,
/**
 * externalId, or empty.
 */
externalId: string,
/**
 * How many members.
 */
members: number,
/**
 * meta.lastModified.
 */
lastModified: string, };

/**
 * All about one directory group.
 */
export type GroupDetail = {
/**
 * The row.
 */
row: GroupRow,
/**
 * Its members, the first 200.
 */
members: Array<NamedRef>,
/**
 * The resource without its members, pretty-printed.
 */
json: string, };

/**
 * Active or archived.
 */
export type AccountState = "active" | "archived";

/**
 * Who decides about an account.
 */
export type ManagedBy = "console" | "scim" | "adi";

/**
 * Which accounts to list.
 */
export type AccountsRequest = {
/**
 * Words looked for in names, addresses and fields; empty for all.
 */
search: string,
/**
 * Only these.
 */
state: AccountState | null,
/**
 * Only these.
 */
managedBy: ManagedBy | null,
/**
 * In which order; null for the usual one.
 */
sort: Sort | null,
/**
 * Rows to pass over.
 */
offset: number,
/**
 * Rows at most; 200 is the most given.
 */
limit: number, };

/**
 * A page of accounts, by address.
 */
export type AccountsPage = {
/**
 * All that match.
 */
total: number,
/**
 * All there are.
 */
all: number,
/**
 * This page.
 */
rows: Array<AccountRow>, };

/**
 * One console account.
 */
export type AccountRow = {
/**
 * Account id.
 */
id: string,
/**
 * The name to show.
 */
name: string,
/**
 * The address.
 */
email: string,
/**
 * Active or archived.
 */
state: AccountState,
/**
 * Who decides about it.
 */
managedBy: ManagedBy,
/**
 * Kept out of provisioning, by itself or by the exempt list.
 */
exempt: boolean,
/**
 * No sync archives it.
 */
protected: boolean,
/**
 * When a sync, an import or an administrator last changed it.
 */
lastChanged: string, };

/**
 * All about one account.
 */
export type AccountDetail = {
/**
 * The row.
 */
row: AccountRow,
/**
 * Alias addresses.
 */
aliases: Array<string>,
/**
 * Every field, empty ones too.
 */
fields: Array<AccountField>,
/**
 * Console groups it is in.
 */
groups: Array<NamedRef>,
/**
 * The directory user it is linked to.
 */
directoryUser: NamedRef | null, };

/**
 * One field of an account.
 */
export type AccountField = {
/**
 * "Job title".
 */
label: string,
/**
 * The SCIM attribute that feeds it: `title`.
 */
path: string,
/**
 * The value; null for none.
 */
value: string | null, };

/**
 * Keep an account out of provisioning, or let it in again.
 */
export type ExemptRequest = {
/**
 * Account id.
 */
id: string,
/**
 * Kept out?
 */
exempt: boolean, };

/**
 * Protect an account from being archived by a sync, or no longer.
 */
export type ProtectRequest = {
/**
 * Account id.
 */
id: string,
/**
 * Protected?
 */
protected: boolean, };

/**
 * The exempt list: addresses that provisioning leaves alone.
 */
export type ExemptList = {
/**
 * By address.
 */
rows: Array<ExemptRow>, };

/**
 * One address of the exempt list.
 */
export type ExemptRow = {
/**
 * The address.
 */
address: string,
/**
 * Since when.
 */
since: string, };

/**
 * Put addresses on the exempt list, or take them from it.
 */
export type ExemptAddresses = {
/**
 * The addresses.
 */
addresses: Array<string>,
/**
 * On it, or from it?
 */
listed: boolean, };

/**
 * What became of a CSV file of addresses.
 */
export type ExemptImported = {
/**
 * The file.
 */
path: string,
/**
 * Addresses in it.
 */
addresses: number,
/**
 * Those that were not on the list before.
 */
added: number, };

/**
 * The mapping from SCIM attributes to account fields.
 */
export type Mapping = {
/**
 * In the order of the page.
 */
rows: Array<MappingRow>, };

/**
 * One field of an account and the attribute that feeds it.
 */
export type MappingRow = {
/**
 * The SCIM attribute.
 */
path: string,
/**
 * "Job title".
 */
label: string,
/**
 * Its name in exports and CSV headings.
 */
key: string, };

/**
 * What an import of accounts did. An import with one bad row does nothing and is an error
 * that names the lines.
 */
export type Imported = {
/**
 * The file.
 */
path: string,
/**
 * Accounts that are new.
 */
created: number,
/**
 * Accounts that were there and have changed.
 */
changed: number,
/**
 * Accounts that were there and are as in the file already.
 */
unchanged: number, };

/**
 * Which events to read, newest first.
 */
export type LogsRequest = {
/**
 * `status:failure identity:"mara" action:patch since:24h`, with free words; empty for all.
 */
query: string,
/**
 * Only events older than this one; null for the newest.
 */
before: number | null,
/**
 * Rows at most; 200 is the most given.
 */
limit: number,
/**
 * With pseudonyms instead of personal data.
 */
masked: boolean, };

/**
 * A page of events.
 */
export type LogsPage = {
/**
 * Events stored, whether they match or not.
 */
stored: number,
/**
 * This page.
 */
rows: Array<EventRow>,
/**
 * Ask for the rest with `before` set to this; null at the end.
 */
next: number | null,
/**
 * Events that were looked at for this page.
 */
looked: number,
/**
 * When the oldest of those began; null if there was none.
 */
reached: string | null, };

/**
 * How an event came out.
 */
export type EventStatus = "success" | "failure" | "skipped" | "warning";

/**
 * What kind of event it is.
 */
export type EventKind = "request" | "sync" | "admin";

/**
 * One event in the list.
 */
export type EventRow = {
/**
 * Its number; higher is newer.
 */
id: number,
/**
 * When.
 */
at: string,
/**
 * Request, sync or admin.
 */
kind: EventKind,
/**
 * `PATCH User`, `Archive account`, `Save settings`.
 */
action: string,
/**
 * Who it is about, or empty.
 */
identity: string,
/**
 * How it came out.
 */
status: EventStatus,
/**
 * Why, as a sentence; empty when there is nothing to say.
 */
reason: string,
/**
 * Who sent it: the client's user agent, "SCIM Desk" or "Administrator".
 */
source: string,
/**
 * The identity provider that was recognised, such as "Okta"; null for none.
 */
client: string | null,
/**
 * The sync it belongs to.
 */
sync: number | null,
/**
 * Duration in milliseconds, with fractions.
 */
durationMs: number,
/**
 * The HTTP status of a request.
 */
httpStatus: number | null, };

/**
 * One event by its number.
 */
export type EventId = {
/**
 * Its number.
 */
id: number,
/**
 * With pseudonyms instead of personal data.
 */
masked: boolean, };

/**
 * All about one event.
 */
export type EventDetail = {
/**
 * The row.
 */
row: EventRow,
/**
 * Joins the three files of a CSV export; of a request also the `X-Request-Id` of its answer.
 */
changeId: string,
/**
 * By what the client was recognised, as a sentence; empty for none.
 */
clientReason: string,
/**
 * What was done, in order.
 */
steps: Array<Step>,
/**
 * Before → after.
 */
changes: Array<FieldChange>,
/**
 * The HTTP exchange of a request.
 */
exchange: Exchange | null,
/**
 * What had to be forgiven.
 */
notes: Array<DialectNote>,
/**
 * What to do about it; empty when nothing is to be done.
 */
advice: Array<string>,
/**
 * The id of the directory object or account that it is about, or empty.
 */
target: string,
/**
 * The attribute or path that the answer blames; empty where it blames none.
 */
wrongAt: string,
/**
 * The rule behind a refusal: `RFC 7644 §3.5.2`; empty for none.
 */
rule: string,
/**
 * Where to mend it; null when nothing is to be mended.
 */
place: Place | null, };

/**
 * Where something is to be mended.
 */
export type Place = "provider" | "here";

/**
 * One step of an event: Authenticate, Validate, Match, Plan, Apply.
 */
export type Step = {
/**
 * Its name.
 */
name: string,
/**
 * How it came out.
 */
status: EventStatus,
/**
 * In plain words.
 */
detail: string, };

/**
 * A request and its answer, secrets removed.
 */
export type Exchange = {
/**
 * `PATCH`.
 */
method: string,
/**
 * Path and query as sent.
 */
path: string,
/**
 * Request headers; `Authorization` is `Bearer ••••`.
 */
headers: Array<Header>,
/**
 * The request's body, pretty-printed if it is JSON.
 */
requestBody: string | null,
/**
 * The HTTP status.
 */
status: number,
/**
 * The answer's body.
 */
responseBody: string | null,
/**
 * Bytes of either body left out of the log; 0 when none.
 */
truncatedBytes: number, };

/**
 * One HTTP header.
 */
export type Header = { name: string, value: string, };

/**
 * One thing a client does its own way, which the server understood all the same.
 */
export type DialectNote = {
/**
 * Its short name: `boolean-as-string`.
 */
name: string,
/**
 * The attribute it concerns; empty for the request as a whole.
 */
path: string,
/**
 * What was sent and how it was read.
 */
sentence: string,
/**
 * The rule that was not followed: `RFC 7643 §2.3.2`.
 */
rule: string,
/**
 * What to change at the identity provider; empty when nothing need be.
 */
remedy: string, };

/**
 * A format for the log.
 */
export type LogFormat = "csv" | "csvZip" | "csvSingle" | "json" | "jsonl" | "har" | "ecs" | "html";

/**
 * A format for a report.
 */
export type ReportFormat = "text" | "json" | "csv" | "html";

/**
 * Write exactly what is filtered to a file the administrator picks.
 */
export type ExportLogs = {
/**
 * The same query as the list.
 */
query: string,
/**
 * The format.
 */
format: LogFormat,
/**
 * With pseudonyms instead of personal data.
 */
masked: boolean,
/**
 * CSV begins with a byte order mark, for spreadsheets.
 */
byteOrderMark: boolean, };

/**
 * How far a walk through the log has come: an export, a look at the chain, a replay.
 */
export type Walked = {
/**
 * Events looked at.
 */
looked: number,
/**
 * Events to look at, at most.
 */
of: number,
/**
 * Events that matched.
 */
found: number, };

/**
 * Write a report to a file the administrator picks.
 */
export type ExportReport = {
/**
 * The sync's number.
 */
id: number,
/**
 * The format.
 */
format: ReportFormat, };

/**
 * What was written.
 */
export type Exported = {
/**
 * The files, whole paths.
 */
files: Array<string>,
/**
 * Events or rows in them.
 */
count: number, };

/**
 * Where the data are and what they take.
 */
export type DataFolder = {
/**
 * The data directory.
 */
path: string,
/**
 * Bytes of the store on the disk.
 */
bytes: number, };

/**
 * A backup that was written.
 */
export type BackedUp = {
/**
 * The file.
 */
file: string,
/**
 * Records in it.
 */
records: number,
/**
 * What could not be read, in sentences; empty for data that are whole.
 */
unread: Array<string>, };

/**
 * A backup that the administrator has picked and that can be restored.
 */
export type RestoreOffer = {
/**
 * The file.
 */
file: string,
/**
 * When it was made.
 */
at: string,
/**
 * Records in it.
 */
records: number, };

/**
 * What will happen at the next start, which follows at once.
 */
export type Restored = {
/**
 * Records that were restored.
 */
records: number,
/**
 * Where the data will be kept that were there before.
 */
kept: string, };

/**
 * What a command answers when it could not do what was asked.
 */
export type CommandError = {
/**
 * What a page may branch on.
 */
code: "invalid" | "notFound" | "conflict" | "busy" | "internal",
/**
 * What happened, why, and what to do.
 */
message: string,
/**
 * More to do about it, if there is more.
 */
hint: string | null,
/**
 * The field of the request that is to blame, in the request's own spelling.
 */
field: string | null, };

/**
 * How many people and groups there are.
 */
export type Population = {
/**
 * Users in the directory.
 */
users: number,
/**
 * Groups in the directory.
 */
groups: number,
/**
 * Active accounts.
 */
active: number,
/**
 * Archived accounts.
 */
archived: number,
/**
 * Active accounts that the console's administrators decide about.
 */
consoleManaged: number, };

/**
 * Over which time requests are counted.
 */
export type TrafficRequest = {
/**
 * The last so many hours; 168 at most.
 */
hours: number,
/**
 * Parts of equal length; 288 at most.
 */
intervals: number, };

/**
 * Requests over time.
 */
export type Traffic = {
/**
 * The parts, the oldest first.
 */
intervals: Array<Interval>,
/**
 * All of them.
 */
total: Interval,
/**
 * Whether the log was read back to the beginning; if not, the oldest parts say too little.
 */
complete: boolean, };

/**
 * The requests of one stretch of time.
 */
export type Interval = {
/**
 * When it begins.
 */
from: string,
/**
 * Requests that worked.
 */
succeeded: number,
/**
 * Requests that changed nothing, for a reason.
 */
skipped: number,
/**
 * Requests that were refused.
 */
failed: number,
/**
 * Milliseconds that half of them took at most; null without a request.
 */
p50Ms: number | null,
/**
 * Milliseconds that 95 of 100 took at most.
 */
p95Ms: number | null, };

/**
 * Who has sent requests, the latest first.
 */
export type Senders = {
/**
 * One for each identity provider or tool.
 */
rows: Array<Sender>, };

/**
 * Somebody who has sent requests.
 */
export type Sender = {
/**
 * Which provider or tool it was recognised as.
 */
name: string | null,
/**
 * By what, as a sentence; empty if it was not.
 */
recognisedBy: string,
/**
 * The user agent of its newest request.
 */
source: string,
/**
 * Its newest request.
 */
last: string,
/**
 * Requests that the log has.
 */
requests: number,
/**
 * Those of today (UTC).
 */
today: number,
/**
 * Those that were refused.
 */
failures: number,
/**
 * Those that were refused for their token.
 */
unauthorized: number,
/**
 * Its newest request that was refused.
 */
lastFailure: SenderFailure | null,
/**
 * Questions that were answered.
 */
asked: number,
/**
 * Users written.
 */
wroteUsers: number,
/**
 * Groups written.
 */
wroteGroups: number, };

/**
 * A request that was refused.
 */
export type SenderFailure = {
/**
 * Its event in the log.
 */
event: number,
/**
 * When.
 */
at: string,
/**
 * Why, as a sentence.
 */
reason: string,
/**
 * The HTTP status.
 */
httpStatus: number | null, };

/**
 * What the test of the connection found.
 */
export type ConnectionTest = {
/**
 * When it was made.
 */
at: string,
/**
 * The address it went to.
 */
tenantUrl: string,
/**
 * Its steps in order; those after a failure were not tried.
 */
steps: Array<TestStep>,
/**
 * Whether all of them worked.
 */
worked: boolean, };

/**
 * One step of the test.
 */
export type TestStep = {
/**
 * What was tried.
 */
name: string,
/**
 * How it came out.
 */
outcome: StepOutcome,
/**
 * In plain words.
 */
detail: string,
/**
 * Milliseconds it took, with fractions.
 */
ms: number, };

/**
 * How a step of the test came out.
 */
export type StepOutcome = "worked" | "failed" | "notTried";

/**
 * A token as somebody has it.
 */
export type TokenText = {
/**
 * The token, or what is taken for one.
 */
token: string, };

/**
 * Whether a token is the one in force.
 */
export type TokenVerdict = {
/**
 * Whether it signs in.
 */
works: boolean,
/**
 * What it is, as a sentence.
 */
sentence: string, };

/**
 * What the administrator prefers; the window's own looks are kept by the window.
 */
export type Preferences = {
/**
 * Closing the window leaves the server running, where there is a status icon to come back by.
 */
closeToTray: boolean,
/**
 * Tell of syncs that need attention while the window is not in view.
 */
notify: boolean,
/**
 * Tell of every sync that ended, too.
 */
notifyAlways: boolean,
/**
 * Start when the user logs in.
 */
startAtLogin: boolean, };

/**
 * The preferences, and what of them this computer can do.
 */
export type PreferencesState = {
/**
 * As they are.
 */
preferences: Preferences,
/**
 * Why there is no status icon; null when there is one.
 */
noTray: string | null,
/**
 * Why it cannot be started at login; null when it can.
 */
noAutostart: string | null, };

/**
 * A text for the clipboard.
 */
export type ClipboardText = {
/**
 * The text.
 */
text: string,
/**
 * Seconds after which it is taken out again, if it is still there; 0 leaves it.
 */
clearAfter: number, };

/**
 * What this program is and where it keeps things.
 */
export type About = {
/**
 * Its version.
 */
version: string,
/**
 * Its licence, as an SPDX expression.
 */
license: string,
/**
 * Where settings, directory, accounts, reports and the log are.
 */
dataDir: string,
/**
 * Bytes they take.
 */
dataBytes: number,
/**
 * Events in the provisioning log.
 */
logEvents: number,
/**
 * Where the program's own diagnostics go.
 */
diagnostics: string,
/**
 * The program file.
 */
program: string,
/**
 * Operating system and processor.
 */
system: string,
/**
 * The web view that paints the window.
 */
webView: string,
/**
 * What it is built with, and under which licence each part is.
 */
parts: Array<Part>, };

/**
 * A part that others have made.
 */
export type Part = {
/**
 * Its name.
 */
name: string,
/**
 * What it does here.
 */
purpose: string,
/**
 * Its licence, as an SPDX expression.
 */
license: string, };

/**
 * How the practice provider stands.
 */
export type PracticeState = {
/**
 * What its organisation is called.
 */
organisation: string,
/**
 * People who are not deleted.
 */
people: number,
/**
 * Groups.
 */
groups: number,
/**
 * The providers it can behave like.
 */
personas: Array<NamedRef>,
/**
 * The id of the one it behaves like.
 */
persona: string,
/**
 * Whether everybody is provisioned, or only who is assigned.
 */
everybody: boolean,
/**
 * Whether it has this console's Tenant URL and a token that is in force.
 */
connected: boolean,
/**
 * Whether the next cycle looks at everything.
 */
initial: boolean,
/**
 * The cycle under way.
 */
progress: PracticeProgress | null,
/**
 * Why it is in quarantine; null when it is not.
 */
quarantine: string | null,
/**
 * Percent of its objects that fail.
 */
failingPercent: number,
/**
 * Objects that fail.
 */
failing: number,
/**
 * Rows of its log.
 */
logRows: number, };

/**
 * How far a cycle is. Sent as the window event `practice`, and a last time when it has ended.
 */
export type PracticeProgress = {
/**
 * What it is doing.
 */
phase: string,
/**
 * Objects of the phase that are done.
 */
done: number,
/**
 * Objects of the phase.
 */
total: number, };

/**
 * How the practice provider is to behave.
 */
export type PracticeBehaviour = {
/**
 * The id of the provider it behaves like.
 */
persona: string,
/**
 * Everybody, or only who is assigned.
 */
everybody: boolean, };

/**
 * Whose data to look at.
 */
export type PracticeRequest = {
/**
 * A part of a name; empty for all.
 */
search: string,
/**
 * Rows to pass over.
 */
offset: number,
/**
 * Rows at most; 200 is the most given.
 */
limit: number, };

/**
 * A page of people.
 */
export type PracticePeople = {
/**
 * All that match.
 */
total: number,
/**
 * This page.
 */
rows: Array<PracticePerson>, };

/**
 * Somebody in the practice provider.
 */
export type PracticePerson = {
/**
 * The object id.
 */
id: string,
/**
 * The display name.
 */
name: string,
/**
 * userPrincipalName.
 */
userName: string,
/**
 * jobTitle.
 */
title: string,
/**
 * department.
 */
department: string,
/**
 * May sign in.
 */
enabled: boolean,
/**
 * In the recycle bin.
 */
deleted: boolean,
/**
 * Assigned to this console, directly or by a group.
 */
assigned: boolean,
/**
 * Changed since the last cycle began.
 */
pending: boolean, };

/**
 * What is changed about somebody; null leaves it as it is.
 */
export type PracticeEdit = {
/**
 * The object id.
 */
id: string,
/**
 * jobTitle.
 */
title: string | null,
/**
 * department.
 */
department: string | null,
/**
 * May sign in.
 */
enabled: boolean | null,
/**
 * Into the recycle bin, or out of it.
 */
deleted: boolean | null,
/**
 * Assigned to this console.
 */
assigned: boolean | null, };

/**
 * What a cycle came to.
 */
export type PracticeCycle = {
/**
 * Whether it looked at everything.
 */
initial: boolean,
/**
 * Objects created.
 */
created: number,
/**
 * Objects changed.
 */
updated: number,
/**
 * Users disabled.
 */
disabled: number,
/**
 * Objects deleted.
 */
deleted: number,
/**
 * Objects that failed.
 */
failed: number,
/**
 * Objects with nothing to do.
 */
skipped: number,
/**
 * Requests sent.
 */
requests: number,
/**
 * Why it failed as a whole.
 */
error: string | null, };

/**
 * A page of the practice provider's own log, newest first.
 */
export type PracticeLog = {
/**
 * All that match.
 */
total: number,
/**
 * This page.
 */
rows: Array<PracticeEntry>, };

/**
 * One row of its log.
 */
export type PracticeEntry = {
/**
 * Its id.
 */
id: string,
/**
 * When, by the provider's clock.
 */
at: string,
/**
 * What was done.
 */
action: string,
/**
 * How it ended.
 */
status: EventStatus,
/**
 * Whom it is about.
 */
name: string,
/**
 * What went wrong or why it was skipped; empty when there is nothing to say.
 */
reason: string, };

/**
 * Every error there is, with what to do about it.
 */
export type ErrorCatalogue = {
/**
 * By code.
 */
rows: Array<KnownError>, };

/**
 * One error as people meet it.
 */
export type KnownError = {
/**
 * What a program branches on: `invalidFilter`, `syncRunning`.
 */
code: string,
/**
 * Where it is met: the HTTP status of an answer, or empty for the window and the command line.
 */
httpStatus: number | null,
/**
 * The sentence; what stands for a value is in angle brackets.
 */
sentence: string, };

/**
 * What to count, or to tell as sentences.
 */
export type LogPart = {
/**
 * As in the list.
 */
query: string,
/**
 * Only events older than this one; null for the newest.
 */
before: number | null,
/**
 * With pseudonyms instead of personal data.
 */
masked: boolean, };

/**
 * Counts of a part of the log; the caller adds up and goes on at `next`.
 */
export type Facets = {
/**
 * A facet for each key that has a value.
 */
facets: Array<Facet>,
/**
 * Events looked at.
 */
looked: number,
/**
 * Events that matched.
 */
found: number,
/**
 * Where to go on; null at the end.
 */
next: number | null, };

/**
 * What there is under one key of the search.
 */
export type Facet = {
/**
 * `status`, `action`, …
 */
key: string,
/**
 * Values with their counts.
 */
values: Array<FacetValue>, };

/**
 * One value and how many events have it.
 */
export type FacetValue = { value: string, count: number, };

/**
 * What happened, as sentences.
 */
export type Activities = {
/**
 * Newest first.
 */
list: Array<Activity>,
/**
 * Where to go on; null at the end.
 */
next: number | null, };

/**
 * One sentence.
 */
export type Activity = {
/**
 * When the first of its events began.
 */
from: string,
/**
 * When the last did.
 */
to: string,
/**
 * "Entra disabled 3 people, renamed 1."
 */
sentence: string,
/**
 * A search that shows its events.
 */
query: string,
/**
 * Something in it failed.
 */
failed: boolean,
/**
 * The number of its newest event.
 */
id: number, };

/**
 * Whose history to tell.
 */
export type TimelineRequest = {
/**
 * The id of a directory user or of an account, or an address.
 */
person: string,
/**
 * Only events older than this one; null for the newest.
 */
before: number | null,
/**
 * With pseudonyms instead of personal data.
 */
masked: boolean, };

/**
 * What happened to a person.
 */
export type Timeline = {
/**
 * What they are called.
 */
name: string,
/**
 * The directory user; null for none.
 */
user: string | null,
/**
 * The account; null for none.
 */
account: string | null,
/**
 * Newest first.
 */
rows: Array<TimelineRow>,
/**
 * Where to go on; null at the end.
 */
next: number | null,
/**
 * When the oldest event began that was looked at.
 */
reached: string | null, };

/**
 * One event of a person, with every value that it set.
 */
export type TimelineRow = {
/**
 * The event.
 */
event: EventRow,
/**
 * Test Mode kept it from being done.
 */
onlyPlanned: boolean,
/**
 * Before → after.
 */
changes: Array<FieldChange>, };

/**
 * A head of the chain to ask for, if one was noted.
 */
export type VerifyRequest = {
/**
 * `1234:9f3a…`, or blank.
 */
head: string, };

/**
 * What a walk along the chain found.
 */
export type Verified = {
/**
 * Nothing is amiss.
 */
whole: boolean,
/**
 * Events that were compared.
 */
events: number,
/**
 * Events up to this number were removed by the limits of the log, or are older than the chain.
 */
through: number,
/**
 * Events that are stored and older than the chain.
 */
unchained: number,
/**
 * The newest link; blank for none.
 */
head: string,
/**
 * What is amiss, as sentences.
 */
findings: Array<string>,
/**
 * Findings beyond those.
 */
more: number, };

/**
 * Limits of the log that might be saved.
 */
export type Limits = { logDays: number, logEvents: number, };

/**
 * What limits would mean.
 */
export type Kept = {
/**
 * Events stored.
 */
stored: number,
/**
 * When the oldest began.
 */
oldest: string | null,
/**
 * Events that would be removed.
 */
removes: number,
/**
 * When the oldest would have begun that stays.
 */
oldestLeft: string | null, };

/**
 * What to replay; exactly one of the three is set.
 */
export type ReplayRequest = {
/**
 * One request, by its event.
 */
event: number | null,
/**
 * A person's history: an id or an address.
 */
person: string | null,
/**
 * The requests that led to a sync.
 */
sync: number | null,
/**
 * Another method for the one request; null as it was.
 */
method: string | null,
/**
 * Another path.
 */
path: string | null,
/**
 * Another body.
 */
body: string | null,
/**
 * With pseudonyms instead of personal data in what comes back.
 */
masked: boolean, };

/**
 * What a replay came to.
 */
export type Replay = {
/**
 * Every request, then and now.
 */
requests: Array<Replayed>,
/**
 * What a sync would do without the requests, as a sentence.
 */
planBefore: string,
/**
 * What it would do after them.
 */
planAfter: string,
/**
 * What is new in the second plan, one sentence each.
 */
differences: Array<string>, };

/**
 * One request, then and now.
 */
export type Replayed = {
/**
 * As it is in the log.
 */
logged: EventDetail,
/**
 * Null where it could not be sent again.
 */
now: EventDetail | null,
/**
 * Why it could not be; blank otherwise.
 */
remark: string, };

/**
 * The application's own log.
 */
export type Diagnostics = {
/**
 * The folder; blank where none is written.
 */
folder: string,
/**
 * What is written: `warn`, `info`, …
 */
level: string,
/**
 * Bytes of its files.
 */
bytes: number, };

/**
 * A file of a support bundle, before it is saved.
 */
export type BundlePart = { name: string,
/**
 * What it is for.
 */
purpose: string,
/**
 * Bytes.
 */
bytes: number,
/**
 * Its text, or the beginning of it.
 */
text: string, };

/**
 * Every command of the shell: what it takes and what it answers. `client.ts` is the only caller.
 */
export type Commands = {
  statusGet: { request: null; response: Status };
  settingsGet: { request: null; response: Settings };
  settingsSave: { request: Settings; response: Settings };
  tokenStatus: { request: null; response: TokenStatus };
  tokenGenerate: { request: null; response: IssuedToken };
  tokenRegenerate: { request: null; response: IssuedToken };
  tokenRevoke: { request: null; response: TokenStatus };
  syncStart: { request: SyncRequest; response: RunRow };
  syncCancel: { request: null; response: null };
  reportsList: { request: ReportsRequest; response: ReportsPage };
  reportGet: { request: ReportId; response: Report };
  reportRows: { request: ReportRowsRequest; response: ReportRows };
  reportExport: { request: ExportReport; response: Exported | null };
  reportHold: { request: HoldRequest; response: null };
  holdRelease: { request: Target; response: null };
  holdsList: { request: null; response: Holds };
  undoPlan: { request: UndoRequest; response: UndoPlan };
  syncUndo: { request: UndoRequest; response: RunRow };
  reportsCompare: { request: CompareRequest; response: Comparison };
  compareRows: { request: CompareRowsRequest; response: ReportRows };
  explain: { request: ExplainRequest; response: Explanation };
  goLive: { request: null; response: GoLive };
  userColumns: { request: null; response: UserColumns };
  usersList: { request: DirectoryRequest; response: UsersPage };
  userGet: { request: ObjectId; response: UserDetail };
  groupsList: { request: DirectoryRequest; response: GroupsPage };
  groupGet: { request: ObjectId; response: GroupDetail };
  accountsList: { request: AccountsRequest; response: AccountsPage };
  accountGet: { request: ObjectId; response: AccountDetail };
  accountExempt: { request: ExemptRequest; response: AccountDetail };
  accountProtect: { request: ProtectRequest; response: AccountDetail };
  exemptList: { request: null; response: ExemptList };
  exemptSet: { request: ExemptAddresses; response: ExemptList };
  exemptImport: { request: null; response: ExemptImported | null };
  mappingList: { request: null; response: Mapping };
  accountsImport: { request: null; response: Imported | null };
  logsQuery: { request: LogsRequest; response: LogsPage };
  logEvent: { request: EventId; response: EventDetail };
  logsExport: { request: ExportLogs; response: Exported | null };
  logsFacets: { request: LogPart; response: Facets };
  logsActivity: { request: LogPart; response: Activities };
  personTimeline: { request: TimelineRequest; response: Timeline };
  logsVerify: { request: VerifyRequest; response: Verified | null };
  logsRetention: { request: Limits; response: Kept };
  logsReplay: { request: ReplayRequest; response: Replay | null };
  diagnosticsGet: { request: null; response: Diagnostics };
  bundlePreview: { request: null; response: Array<BundlePart> };
  bundleSave: { request: null; response: Exported | null };
  walkProgress: { request: null; response: Walked | null };
  walkCancel: { request: null; response: null };
  dataGet: { request: null; response: DataFolder };
  dataBackUp: { request: null; response: BackedUp | null };
  dataOfferRestore: { request: null; response: RestoreOffer | null };
  dataRestore: { request: null; response: Restored };
  populationGet: { request: null; response: Population };
  trafficGet: { request: TrafficRequest; response: Traffic };
  sendersList: { request: null; response: Senders };
  connectionTest: { request: null; response: ConnectionTest };
  tokenCheck: { request: TokenText; response: TokenVerdict };
  serverStop: { request: null; response: Status };
  serverStart: { request: null; response: Status };
  preferencesGet: { request: null; response: PreferencesState };
  preferencesSet: { request: Preferences; response: PreferencesState };
  windowPutAway: { request: null; response: null };
  windowQuit: { request: null; response: null };
  clipboardWrite: { request: ClipboardText; response: null };
  folderOpen: { request: null; response: null };
  aboutGet: { request: null; response: About };
  practiceGet: { request: null; response: PracticeState };
  practiceConnect: { request: TokenText; response: PracticeState };
  practiceConfigure: { request: PracticeBehaviour; response: PracticeState };
  practiceCycle: { request: null; response: PracticeCycle };
  practiceStop: { request: null; response: null };
  practicePeople: { request: PracticeRequest; response: PracticePeople };
  practiceEdit: { request: PracticeEdit; response: null };
  practiceLog: { request: PracticeRequest; response: PracticeLog };
  errorsList: { request: null; response: ErrorCatalogue };
};
