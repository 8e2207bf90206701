//! Every type that crosses to the window, and nothing else.
//!
//! They are written for the page that shows them, not for the engine that fills them;
//! `view/from_engine.rs` converts. Field names become camelCase, instants are RFC 3339
//! strings in UTC, durations are milliseconds unless the name says otherwise. The
//! TypeScript side, `ui/src/api/bindings.ts`, is written from these types by `cargo test`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

// ---------------------------------------------------------------- the status strip

/// What the status bar and the page badges show; asked once at start and after every change.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The application's version, for the About line.
    pub version: String,
    /// Where the data lives.
    pub data_dir: String,
    /// The SCIM server.
    pub server: Server,
    /// What an identity provider is given; ends in `/`.
    pub tenant_url: String,
    /// "Enable User Provisioning (User Syncing)" as saved.
    pub enabled: bool,
    /// The selected service as saved.
    pub service: Service,
    /// Test Mode as saved.
    pub test_mode: bool,
    /// A sync that is under way.
    pub running: Option<Progress>,
    /// The newest finished sync.
    pub last_sync: Option<RunRow>,
}

/// Whether the SCIM server listens.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Server {
    /// It answers on this address, such as `127.0.0.1:8443`.
    Listening {
        /// Address and port.
        address: String,
    },
    /// It does not, and this is why.
    Stopped {
        /// A sentence.
        reason: String,
    },
}

/// How far a long piece of work has come. Sent as the window event `progress`, and a last
/// time with `done == total`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The sync's number.
    pub run: u64,
    /// What is going on: "Reading the directory", "Comparing", "Applying", "Writing the report".
    pub phase: String,
    /// Objects done in this phase.
    pub done: u64,
    /// Objects in this phase; 0 while it is not known.
    pub total: u64,
}

/// What has changed, so that pages that show it ask again. Sent as the window event
/// `changed`, at most once a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Topic {
    /// Settings or the server's state.
    Settings,
    /// The SCIM token: made, used or revoked.
    Token,
    /// A sync has begun or ended.
    Runs,
    /// The identity provider's users and groups.
    Directory,
    /// The console's accounts and groups.
    Accounts,
    /// The provisioning log.
    Logs,
}

// ---------------------------------------------------------------- settings and token

/// Where people come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Service {
    /// Active Directory Integration.
    #[serde(rename = "ADI")]
    Adi,
    /// SCIM.
    #[serde(rename = "SCIM")]
    Scim,
}

/// The provisioning settings: read, edited as a draft, and saved as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Enable User Provisioning (User Syncing).
    pub enabled: bool,
    /// ADI | SCIM.
    pub service: Service,
    /// Test Mode.
    pub test_mode: bool,
    /// Address and port the SCIM server listens on, such as `127.0.0.1:8443`.
    pub listen: String,
    /// Stop a sync that would archive more than this many accounts; null: no such limit.
    pub guard_rail_accounts: Option<u32>,
    /// Stop a sync that would archive more than this percentage of the active accounts; null: no such limit.
    pub guard_rail_percent: Option<u32>,
    /// Seconds without a write before a sync starts by itself.
    pub quiet_seconds: u32,
    /// Days that log events are kept.
    pub log_days: u32,
    /// Log events kept at most.
    pub log_events: u32,
}

/// What is known about the SCIM token; the token itself is never told again.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TokenStatus {
    /// None was ever made.
    None,
    /// One is in force.
    Active {
        /// `scimdesk_••••7Q2f`.
        display: String,
        /// When it was made.
        created_at: String,
        /// When a request last used it.
        last_used_at: Option<String>,
        /// Requests that used it today (UTC).
        uses_today: u64,
    },
    /// The last one was revoked.
    Revoked {
        /// `scimdesk_••••7Q2f`.
        display: String,
        /// When.
        revoked_at: String,
    },
}

/// A token that was just made: the only time it is shown.
#[derive(Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssuedToken {
    /// The clear token.
    pub token: String,
}

// ---------------------------------------------------------------- syncs and reports

/// What a sync does to an object; `symbol` and words are the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// `+` Created (a membership: added).
    Create,
    /// `~` Changed.
    Change,
    /// `−` Archived (a membership: removed).
    Archive,
    /// `↺` Restored.
    Restore,
}

/// What a row of a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ObjectKind {
    /// A person's account.
    User,
    /// A console group.
    Group,
    /// A person in a group.
    Membership,
    /// Something the sync left alone, with the reason.
    Skipped,
    /// Something to know that stops nothing.
    Warning,
}

/// Where a sync stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RunStatus {
    /// Waiting for its turn.
    Pending,
    /// At work.
    Processing,
    /// Done.
    Completed,
    /// Not done: settings and data disagree.
    Skipped,
    /// Not done: the guard rail, or a person, stopped it.
    Stopped,
    /// Not done: something went wrong.
    Failed,
}

/// Created, changed, archived, restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the four words are the four actions")]
pub struct ActionCounts {
    pub created: u64,
    pub changed: u64,
    pub archived: u64,
    pub restored: u64,
}

/// The matrix of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is named for what it counts")]
pub struct Counts {
    pub users: ActionCounts,
    pub groups: ActionCounts,
    pub memberships: ActionCounts,
    pub skipped: u64,
    pub warnings: u64,
}

/// One sync in the list of reports.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunRow {
    /// The sync's number.
    pub id: u64,
    /// When it began.
    pub started_at: String,
    /// When it ended.
    pub finished_at: Option<String>,
    /// "Force Sync Now", "Identity provider went quiet", "Settings were saved".
    pub trigger: String,
    /// ADI or SCIM.
    pub service: Service,
    /// Where it stands.
    pub status: RunStatus,
    /// Why it was skipped, stopped or failed.
    pub reason: Option<String>,
    /// Whether it ran in Test Mode.
    pub test_mode: bool,
    /// Whether the changes were made to the console.
    pub applied: bool,
    /// The matrix.
    pub counts: Counts,
    /// Objects compared.
    pub compared: u64,
    /// Wall time.
    pub duration_ms: u64,
    /// `Plan: 3 to create, 1 to change, 2 to archive, 1 to restore.`, or the sentence for an empty plan.
    pub summary: String,
}

/// Which reports to list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportsRequest {
    /// Only Test Mode syncs (true), only live ones (false), or both.
    pub test_mode: Option<bool>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of syncs, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportsPage {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<RunRow>,
}

/// One report by its number.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportId {
    /// The sync's number.
    pub id: u64,
}

/// The head of a report; its rows are asked page by page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The sync.
    pub run: RunRow,
    /// How it differs from the report before it; null for the first.
    pub since_previous: Option<SincePrevious>,
    /// Whether "Allow once" is offered: the guard rail stopped this sync and nothing newer ran.
    pub can_allow_once: bool,
}

/// "2 new, 1 gone" against the report before.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SincePrevious {
    /// The earlier sync.
    pub previous: u64,
    /// Changes that were not in it.
    pub new: u64,
    /// Changes that were in it and are not in this one.
    pub gone: u64,
}

/// Which rows of a report to read.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportRowsRequest {
    /// The sync's number.
    pub id: u64,
    /// Users, groups, memberships, skipped or warnings.
    pub object: ObjectKind,
    /// Only this action.
    pub action: Option<Action>,
    /// Only rows with this in name, address, field or value; empty for all.
    pub search: String,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of a report's rows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportRows {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<ReportRow>,
}

/// One object of a report.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportRow {
    /// Its place in the report; a key for lists.
    pub index: u64,
    /// What it is about.
    pub object: ObjectKind,
    /// What happens to it; null for skipped and warnings.
    pub action: Option<Action>,
    /// The person's or group's name; for a membership the person's.
    pub name: String,
    /// The person's address, or for a membership the group's name; empty when there is none.
    pub detail: String,
    /// Why, as a sentence.
    pub reason: String,
    /// Before → after.
    pub fields: Vec<FieldChange>,
    /// Mapped fields that stay as they are.
    pub unchanged: u32,
    /// Not in the report before this one.
    pub is_new: bool,
}

/// One field, before → after. Null is "no value".
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// What people call it: "Job title".
    pub label: String,
    /// Where it comes from: `title`.
    pub path: String,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// Force Sync Now.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncRequest {
    /// Let this one sync pass the guard rail.
    pub allow_archives: bool,
}

// ---------------------------------------------------------------- directory

/// Which users or groups of the directory to list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryRequest {
    /// Words looked for in names, userName and externalId; empty for all.
    pub search: String,
    /// Users only: active or not.
    pub active: Option<bool>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of directory users, by userName.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsersPage {
    /// All that match.
    pub total: u64,
    /// All there are.
    pub all: u64,
    /// This page.
    pub rows: Vec<UserRow>,
}

/// One user the identity provider has sent.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    /// SCIM id.
    pub id: String,
    /// displayName, or what stands for it.
    pub name: String,
    /// userName.
    pub user_name: String,
    /// active.
    pub active: bool,
    /// Groups it is a member of.
    pub groups: u64,
    /// meta.lastModified.
    pub last_modified: String,
    /// The console account it is linked to.
    pub account: Option<NamedRef>,
}

/// An id with the name to show for it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NamedRef {
    /// What to ask for.
    pub id: String,
    /// What to show.
    pub name: String,
}

/// One object by its id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectId {
    /// SCIM id or account id.
    pub id: String,
}

/// All about one directory user.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserDetail {
    /// The row.
    pub row: UserRow,
    /// Every attribute, flattened.
    pub attributes: Vec<AttributeValue>,
    /// Its groups, the first 200.
    pub groups: Vec<NamedRef>,
    /// The resource as the server answers it, pretty-printed.
    pub json: String,
}

/// One attribute of a resource, flattened: `emails[work].value`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttributeValue {
    /// The schema's name: "User", "Enterprise User".
    pub schema: String,
    /// The path.
    pub path: String,
    /// The value as text.
    pub value: String,
    /// What the console calls the field it feeds; null when it feeds none.
    pub feeds: Option<String>,
}

/// A page of directory groups, by displayName.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupsPage {
    /// All that match.
    pub total: u64,
    /// All there are.
    pub all: u64,
    /// This page.
    pub rows: Vec<GroupRow>,
}

/// One group the identity provider has sent.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupRow {
    /// SCIM id.
    pub id: String,
    /// displayName.
    pub name: String,
    /// externalId, or empty.
    pub external_id: String,
    /// How many members.
    pub members: u64,
    /// meta.lastModified.
    pub last_modified: String,
}

/// All about one directory group.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupDetail {
    /// The row.
    pub row: GroupRow,
    /// Its members, the first 200.
    pub members: Vec<NamedRef>,
    /// The resource without its members, pretty-printed.
    pub json: String,
}

// ---------------------------------------------------------------- console accounts

/// Active or archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AccountState {
    /// In use.
    Active,
    /// Put away, restorable.
    Archived,
}

/// Who decides about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ManagedBy {
    /// The console's administrators.
    Console,
    /// The identity provider, by SCIM.
    Scim,
    /// Active Directory.
    Adi,
}

/// Which accounts to list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountsRequest {
    /// Words looked for in names, addresses and fields; empty for all.
    pub search: String,
    /// Only these.
    pub state: Option<AccountState>,
    /// Only these.
    pub managed_by: Option<ManagedBy>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of accounts, by address.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountsPage {
    /// All that match.
    pub total: u64,
    /// All there are.
    pub all: u64,
    /// This page.
    pub rows: Vec<AccountRow>,
}

/// One console account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountRow {
    /// Account id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The address.
    pub email: String,
    /// Active or archived.
    pub state: AccountState,
    /// Who decides about it.
    pub managed_by: ManagedBy,
    /// Kept out of provisioning.
    pub exempt: bool,
    /// When a sync, an import or an administrator last changed it.
    pub last_changed: String,
}

/// All about one account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountDetail {
    /// The row.
    pub row: AccountRow,
    /// Alias addresses.
    pub aliases: Vec<String>,
    /// Every field, empty ones too.
    pub fields: Vec<AccountField>,
    /// Console groups it is in.
    pub groups: Vec<NamedRef>,
    /// The directory user it is linked to.
    pub directory_user: Option<NamedRef>,
}

/// One field of an account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountField {
    /// "Job title".
    pub label: String,
    /// The SCIM attribute that feeds it: `title`.
    pub path: String,
    /// The value; null for none.
    pub value: Option<String>,
}

/// Keep an account out of provisioning, or let it in again.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExemptRequest {
    /// Account id.
    pub id: String,
    /// Kept out?
    pub exempt: bool,
}

/// What an import of accounts did. An import with one bad row does nothing and is an error
/// that names the lines.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The file.
    pub path: String,
    /// Accounts that are new.
    pub created: u64,
    /// Accounts that were there and have changed.
    pub changed: u64,
    /// Accounts that were there and are as in the file already.
    pub unchanged: u64,
}

// ---------------------------------------------------------------- provisioning logs

/// Which events to read, newest first.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogsRequest {
    /// `status:failure identity:"mara" action:patch since:24h`, with free words; empty for all.
    pub query: String,
    /// Only events older than this one; null for the newest.
    pub before: Option<u64>,
    /// Rows at most; 200 is the most given.
    pub limit: u32,
}

/// A page of events.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogsPage {
    /// Events stored, whether they match or not.
    pub stored: u64,
    /// This page.
    pub rows: Vec<EventRow>,
    /// Ask for the rest with `before` set to this; null at the end.
    pub next: Option<u64>,
}

/// How an event came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EventStatus {
    /// It worked.
    Success,
    /// It did not.
    Failure,
    /// It was left alone.
    Skipped,
    /// It worked, with something to know.
    Warning,
}

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EventKind {
    /// A SCIM request.
    Request,
    /// A change made, or in Test Mode only planned, by a sync.
    Sync,
    /// An administrator's action.
    Admin,
}

/// One event in the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventRow {
    /// Its number; higher is newer.
    pub id: u64,
    /// When.
    pub at: String,
    /// Request, sync or admin.
    pub kind: EventKind,
    /// `PATCH User`, `Archive account`, `Save settings`.
    pub action: String,
    /// Who it is about, or empty.
    pub identity: String,
    /// How it came out.
    pub status: EventStatus,
    /// Why, as a sentence; empty when there is nothing to say.
    pub reason: String,
    /// Who sent it: the client's user agent, "SCIM Desk" or "Administrator".
    pub source: String,
    /// The sync it belongs to.
    pub sync: Option<u64>,
    /// Duration in milliseconds, with fractions.
    pub duration_ms: f64,
    /// The HTTP status of a request.
    pub http_status: Option<u16>,
}

/// One event by its number.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventId {
    /// Its number.
    pub id: u64,
}

/// All about one event.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventDetail {
    /// The row.
    pub row: EventRow,
    /// Joins the three files of a CSV export.
    pub change_id: String,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// Before → after.
    pub changes: Vec<FieldChange>,
    /// The HTTP exchange of a request.
    pub exchange: Option<Exchange>,
    /// What had to be forgiven.
    pub notes: Vec<DialectNote>,
    /// What to do about it; empty when nothing is to be done.
    pub advice: Vec<String>,
}

/// One step of an event: Authenticate, Validate, Match, Plan, Apply.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its name.
    pub name: String,
    /// How it came out.
    pub status: EventStatus,
    /// In plain words.
    pub detail: String,
}

/// A request and its answer, secrets removed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// `PATCH`.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// Request headers; `Authorization` is `Bearer ••••`.
    pub headers: Vec<Header>,
    /// The request's body, pretty-printed if it is JSON.
    pub request_body: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// The answer's body.
    pub response_body: Option<String>,
    /// Bytes of either body left out of the log; 0 when none.
    pub truncated_bytes: u64,
}

/// One HTTP header.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "a header is a name and a value")]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// One thing a client does its own way, which the server understood all the same.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DialectNote {
    /// Its short name: `boolean-as-string`.
    pub name: String,
    /// What was sent and how it was read.
    pub sentence: String,
    /// What to change at the identity provider; empty when nothing need be.
    pub remedy: String,
}

// ---------------------------------------------------------------- exports

/// A format for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LogFormat {
    /// Three files joined by change id.
    Csv,
    /// Graph's `provisioningObjectSummary`.
    Json,
    /// One event a line, as stored.
    Jsonl,
}

/// A format for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReportFormat {
    /// As on a terminal.
    Text,
    /// The plan as data.
    Json,
    /// One row a field.
    Csv,
    /// A page to print.
    Html,
}

/// Write exactly what is filtered to a file the administrator picks.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportLogs {
    /// The same query as the list.
    pub query: String,
    /// The format.
    pub format: LogFormat,
}

/// Write a report to a file the administrator picks.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportReport {
    /// The sync's number.
    pub id: u64,
    /// The format.
    pub format: ReportFormat,
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The files, whole paths.
    pub files: Vec<String>,
    /// Events or rows in them.
    pub count: u64,
}
