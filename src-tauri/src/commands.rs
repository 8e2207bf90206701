//! Every command the window may give, declared once: its name, what it takes, what it answers,
//! and the function that does it. The Tauri handlers and the TypeScript types both come from
//! this table, so a name or a type cannot drift.

#![expect(
    clippy::unnecessary_wraps,
    reason = "every command's function has the one shape that the table expects"
)]

mod accounts;
mod connection;
mod data;
mod directory;
mod holds;
mod log_tools;
mod logs;
mod overview;
mod practice;
mod reports;
mod settings;
mod status;
mod window;

use std::sync::Arc;

pub(crate) use practice::open as open_practice;

use crate::app::App;
use crate::error::CommandError;
#[allow(
    clippy::wildcard_imports,
    reason = "the table names nearly every type of the view"
)]
use crate::view::*;

/// What a command answers.
pub(crate) type Answer<T> = Result<T, CommandError>;

/// Runs a command's function on a thread that may wait for the disk or a dialog.
async fn run<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(panic) => {
            tracing::error!(%panic, "a command failed");
            Err(CommandError::internal(
                "SCIM Desk failed on this. It was logged; try again.",
            ))
        }
    }
}

macro_rules! commands {
    ($( $name:ident($($request:ty)?) -> $response:ty = $work:path; )*) => {
        mod handlers {
            use super::*;
            $( commands!(@handler $name ($($request)?) -> $response = $work); )*
        }

        /// The handler for [`tauri::Builder::invoke_handler`].
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$( handlers::$name ),*]
        }

        /// The table as names and TypeScript types.
        #[cfg(test)]
        pub(crate) fn declared(config: &ts_rs::Config) -> Vec<Declared> {
            use ts_rs::TS;
            vec![$( Declared {
                name: stringify!($name),
                request: commands!(@request config $($request)?),
                response: <$response as TS>::name(config).replace("()", "null"),
            } ),*]
        }
    };
    (@handler $name:ident () -> $response:ty = $work:path) => {
        #[tauri::command]
        pub(super) async fn $name(app: tauri::State<'_, Arc<App>>) -> Answer<$response> {
            let app = Arc::clone(&app);
            run(move || $work(&app)).await
        }
    };
    (@handler $name:ident ($request:ty) -> $response:ty = $work:path) => {
        #[tauri::command]
        pub(super) async fn $name(app: tauri::State<'_, Arc<App>>, request: $request) -> Answer<$response> {
            let app = Arc::clone(&app);
            run(move || $work(&app, &request)).await
        }
    };
    (@request $config:ident) => { "null".to_owned() };
    (@request $config:ident $request:ty) => { <$request as TS>::name($config) };
}

commands! {
    status_get() -> Status = status::get;
    settings_get() -> Settings = settings::get;
    settings_save(Settings) -> Settings = settings::save;
    token_status() -> TokenStatus = settings::token_status;
    token_generate() -> IssuedToken = settings::token_generate;
    token_regenerate() -> IssuedToken = settings::token_regenerate;
    token_revoke() -> TokenStatus = settings::token_revoke;
    sync_start(SyncRequest) -> RunRow = reports::sync_start;
    sync_cancel() -> () = reports::sync_cancel;
    reports_list(ReportsRequest) -> ReportsPage = reports::list;
    report_get(ReportId) -> Report = reports::get;
    report_rows(ReportRowsRequest) -> ReportRows = reports::rows;
    report_export(ExportReport) -> Option<Exported> = reports::export;
    report_hold(HoldRequest) -> () = holds::hold;
    hold_release(Target) -> () = holds::release;
    holds_list() -> Holds = holds::list;
    undo_plan(UndoRequest) -> UndoPlan = holds::undo_plan;
    sync_undo(UndoRequest) -> RunRow = holds::undo;
    reports_compare(CompareRequest) -> Comparison = reports::compare;
    compare_rows(CompareRowsRequest) -> ReportRows = reports::compare_rows;
    explain(ExplainRequest) -> Explanation = reports::explain;
    go_live() -> GoLive = reports::go_live;
    user_columns() -> UserColumns = directory::user_columns;
    users_list(DirectoryRequest) -> UsersPage = directory::users;
    user_get(ObjectId) -> UserDetail = directory::user;
    groups_list(DirectoryRequest) -> GroupsPage = directory::groups;
    group_get(ObjectId) -> GroupDetail = directory::group;
    accounts_list(AccountsRequest) -> AccountsPage = accounts::list;
    account_get(ObjectId) -> AccountDetail = accounts::get;
    account_exempt(ExemptRequest) -> AccountDetail = accounts::exempt;
    account_protect(ProtectRequest) -> AccountDetail = accounts::protect;
    exempt_list() -> ExemptList = accounts::exempt_list;
    exempt_set(ExemptAddresses) -> ExemptList = accounts::exempt_set;
    exempt_import() -> Option<ExemptImported> = accounts::exempt_import;
    mapping_list() -> Mapping = accounts::mapping;
    accounts_import() -> Option<Imported> = accounts::import;
    logs_query(LogsRequest) -> LogsPage = logs::query;
    log_event(EventId) -> EventDetail = logs::event;
    logs_export(ExportLogs) -> Option<Exported> = logs::export;
    logs_facets(LogPart) -> Facets = logs::facets;
    logs_activity(LogPart) -> Activities = logs::activity;
    person_timeline(TimelineRequest) -> Timeline = logs::timeline;
    logs_verify(VerifyRequest) -> Option<Verified> = log_tools::verify;
    logs_retention(Limits) -> Kept = log_tools::retention;
    logs_replay(ReplayRequest) -> Option<Replay> = log_tools::try_again;
    diagnostics_get() -> Diagnostics = log_tools::diagnostics;
    bundle_preview() -> Vec<BundlePart> = log_tools::bundle_preview;
    bundle_save() -> Option<Exported> = log_tools::bundle_save;
    walk_progress() -> Option<Walked> = logs::walk_progress;
    walk_cancel() -> () = logs::walk_cancel;
    data_get() -> DataFolder = data::get;
    data_back_up() -> Option<BackedUp> = data::back_up;
    data_offer_restore() -> Option<RestoreOffer> = data::offer_restore;
    data_restore() -> Restored = data::restore;
    population_get() -> Population = overview::population;
    traffic_get(TrafficRequest) -> Traffic = overview::traffic;
    senders_list() -> Senders = overview::senders;
    connection_test() -> ConnectionTest = connection::test;
    token_check(TokenText) -> TokenVerdict = connection::check_token;
    server_stop() -> Status = connection::stop;
    server_start() -> Status = connection::start;
    preferences_get() -> PreferencesState = window::preferences;
    preferences_set(Preferences) -> PreferencesState = window::set_preferences;
    window_put_away() -> () = window::put_away;
    window_quit() -> () = window::quit;
    clipboard_write(ClipboardText) -> () = window::copy;
    folder_open() -> () = window::open_folder;
    about_get() -> About = window::about;
    practice_get() -> PracticeState = practice::get;
    practice_connect(TokenText) -> PracticeState = practice::connect;
    practice_configure(PracticeBehaviour) -> PracticeState = practice::configure;
    practice_cycle() -> PracticeCycle = practice::cycle;
    practice_stop() -> () = practice::stop;
    practice_people(PracticeRequest) -> PracticePeople = practice::people;
    practice_edit(PracticeEdit) -> () = practice::edit;
    practice_log(PracticeRequest) -> PracticeLog = practice::log;
    errors_list() -> ErrorCatalogue = window::catalogue;
}

/// One command of the table, for the TypeScript side.
#[cfg(test)]
pub(crate) struct Declared {
    pub(crate) name: &'static str,
    pub(crate) request: String,
    pub(crate) response: String,
}

/// Rows a page may ask for; more is cut down, never an error.
fn page_size(limit: u32) -> usize {
    limit.min(200) as usize
}
