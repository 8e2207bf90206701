//! Writes `ui/src/api/bindings.ts`, and fails when the committed one was not what it writes.

use std::fmt::Write as _;
use std::path::Path;

use ts_rs::{Config, TS};

use crate::commands;
use crate::error::CommandError;

use super::*;

/// A type's declaration with its docs.
fn declare<T: TS>(config: &Config, out: &mut String) {
    if let Some(docs) = T::docs() {
        out.push_str(&docs);
    }
    let _ = writeln!(out, "export {}\n", T::decl(config));
}

macro_rules! declare_all {
    ($config:expr, $out:expr, $($name:ty),* $(,)?) => { $( declare::<$name>($config, $out); )* };
}

/// Status, settings, token, syncs and reports.
fn declare_console(config: &Config, out: &mut String) {
    declare_all!(
        config,
        out,
        Status,
        Server,
        Progress,
        Topic,
        Service,
        PatchAnswer,
        Durability,
        Settings,
        TokenStatus,
        IssuedToken,
        Action,
        ObjectKind,
        RunStatus,
        ActionCounts,
        Counts,
        RunRow,
        ReportsRequest,
        ReportsPage,
        ReportId,
        Report,
        SincePrevious,
        ReportRowsRequest,
        ReportRows,
        ReportRow,
        FieldChange,
        SyncRequest,
        Target,
        HeldBy,
        Consequence,
        Consequences,
        HoldRequest,
        Holds,
        HoldRow,
        UndoRequest,
        UndoPlan,
        CompareRequest,
        Comparison,
        CompareRowsRequest,
        ExplainRequest,
        Explanation,
        GoLive
    );
}

/// What is done with the log beside reading it.
fn declare_log_tools(config: &Config, out: &mut String) {
    declare_all!(
        config,
        out,
        LogPart,
        Facets,
        Facet,
        FacetValue,
        Activities,
        Activity,
        TimelineRequest,
        Timeline,
        TimelineRow,
        VerifyRequest,
        Verified,
        Limits,
        Kept,
        ReplayRequest,
        Replay,
        Replayed,
        Diagnostics,
        BundlePart
    );
}

/// Directory, accounts, logs, exports, and what a command says when it fails.
fn declare_data(config: &Config, out: &mut String) {
    declare_all!(
        config,
        out,
        DirectoryRequest,
        Sort,
        UsersPage,
        UserRow,
        UserColumns,
        ColumnInfo,
        NamedRef,
        ObjectId,
        UserDetail,
        AttributeValue,
        GroupsPage,
        GroupRow,
        GroupDetail,
        AccountState,
        ManagedBy,
        AccountsRequest,
        AccountsPage,
        AccountRow,
        AccountDetail,
        AccountField,
        ExemptRequest,
        ProtectRequest,
        ExemptList,
        ExemptRow,
        ExemptAddresses,
        ExemptImported,
        Mapping,
        MappingRow,
        Imported,
        LogsRequest,
        LogsPage,
        EventStatus,
        EventKind,
        EventRow,
        EventId,
        EventDetail,
        Place,
        Step,
        Exchange,
        Header,
        DialectNote,
        LogFormat,
        ReportFormat,
        ExportLogs,
        Walked,
        ExportReport,
        Exported,
        DataFolder,
        BackedUp,
        RestoreOffer,
        Restored,
        CommandError
    );
}

/// Numbers, the connection, and the application itself.
fn declare_window(config: &Config, out: &mut String) {
    declare_all!(
        config,
        out,
        Population,
        TrafficRequest,
        Traffic,
        Interval,
        Senders,
        Sender,
        SenderFailure,
        ConnectionTest,
        TestStep,
        StepOutcome,
        TokenText,
        TokenVerdict,
        Preferences,
        PreferencesState,
        ClipboardText,
        About,
        Part,
        PracticeState,
        PracticeProgress,
        PracticeBehaviour,
        PracticeRequest,
        PracticePeople,
        PracticePerson,
        PracticeEdit,
        PracticeCycle,
        PracticeLog,
        PracticeEntry,
        ErrorCatalogue,
        KnownError
    );
}

fn bindings() -> String {
    // Numbers stay numbers: nothing here reaches 2^53.
    let config = Config::new().with_large_int("number");
    let mut out =
        String::from("// Written by `cargo test` from src-tauri/src/view and commands.rs. Do not edit.\n\n");
    declare_console(&config, &mut out);
    declare_data(&config, &mut out);
    declare_window(&config, &mut out);
    declare_log_tools(&config, &mut out);
    out.push_str("/**\n * Every command of the shell: what it takes and what it answers. `client.ts` is the only caller.\n */\n");
    out.push_str("export type Commands = {\n");
    for command in commands::declared(&config) {
        let _ = writeln!(
            out,
            "  {}: {{ request: {}; response: {} }};",
            camel(command.name),
            command.request,
            command.response
        );
    }
    out.push_str("};\n");
    // Trailing spaces come from the generator; the house has none.
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// `settings_save` → `settingsSave`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let (head, tail) = part.split_at(1);
        name + &head.to_uppercase() + tail
    })
}

#[test]
fn the_committed_bindings_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/bindings.ts");
    let (fresh, committed) = (bindings(), std::fs::read_to_string(&path).unwrap_or_default());
    if fresh != committed {
        std::fs::write(&path, &fresh).unwrap();
        panic!(
            "ui/src/api/bindings.ts was stale and has been written again; look at the difference and commit it"
        );
    }
}
