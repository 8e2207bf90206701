//! Reports: compared with the one before, and taken along in four formats.

use crate::reports::export::Format;
use crate::reports::{RowsQuery, Section};

use super::*;

impl Desk {
    fn rows(&self, run: &Run) -> Vec<(String, bool)> {
        let rows = self.reports().all_rows(run.id).unwrap();
        rows.map(|row| {
            let row = row.unwrap();
            let crate::reports::Entry::Change(change) = row.entry else {
                return ("notice".to_owned(), row.is_new);
            };
            (change.name, row.is_new)
        })
        .collect()
    }
}

#[test]
fn a_report_tells_what_is_new_since_the_one_before() {
    let desk = Desk::in_test_mode();
    let mara = desk.user("mara");
    desk.user("jonas");
    let first = desk.force();
    assert_eq!(first.since_previous, None);
    desk.directory().delete(Kind::User, &mara).unwrap();
    desk.user("ana");
    let cancelled = desk.log("kind:sync").len();
    let second = desk.force();
    let since = second.since_previous.unwrap();
    assert_eq!((since.previous, since.new, since.gone), (first.id, 1, 1));
    assert_eq!(
        desk.rows(&second),
        [
            ("jonas@contoso.example".to_owned(), false),
            ("ana@contoso.example".to_owned(), true)
        ]
    );
    let logged = desk.log("kind:sync").len() - cancelled;
    assert_eq!(
        logged, 2,
        "in Test Mode only what is new is logged, and the sync itself"
    );
    assert_eq!(
        desk.reports().newest_in_test_mode().unwrap().unwrap().id,
        second.id
    );
    assert_eq!(desk.reports().list(Some(true), 1, 10).unwrap().1.len(), 1);
}

#[test]
fn rows_are_found_by_section_action_and_words() {
    let desk = Desk::in_test_mode();
    let people: Vec<String> = (0..5).map(|n| desk.user(&format!("user{n}"))).collect();
    desk.group("Sales", &people[..2]);
    desk.create(Kind::User, json!({ "userName": "no address" }));
    let run = desk.force();
    let find = |section, search: &str, skip| {
        let query = RowsQuery {
            section,
            action: None,
            search: search.to_owned(),
            skip,
            take: 3,
        };
        let (total, rows) = desk.reports().rows(run.id, &query).unwrap();
        (total, rows.iter().map(|(place, _)| *place).collect::<Vec<_>>())
    };
    assert_eq!(find(Section::Users, "", 0), (5, vec![0, 1, 2]));
    assert_eq!(find(Section::Users, "", 3), (5, vec![3, 4]));
    assert_eq!(find(Section::Users, "USER3 new", 0), (1, vec![3]));
    assert_eq!(find(Section::Groups, "", 0), (1, vec![5]));
    assert_eq!(find(Section::Memberships, "sales", 0).0, 2);
    assert_eq!(find(Section::Skipped, "e-mail", 0).0, 1);
    assert!(matches!(desk.reports().get(99), Err(Error::NotFound { .. })));
}

#[test]
fn a_report_is_exported_in_all_four_formats() {
    let desk = Desk::in_test_mode();
    desk.create(
        Kind::User,
        json!({ "userName": "mara@contoso.example", "displayName": "=cmd|' /C calc'!A0", "title": "<b>Analyst</b>" }),
    );
    let run = desk.force();
    let export = |format: Format| {
        let path = desk.dir.path().join(format!("report.{}", format.extension()));
        let done = desk.reports().export(run.id, format, &path).unwrap();
        assert_eq!((done.count, &done.files), (1, &vec![path.clone()]));
        std::fs::read_to_string(path).unwrap()
    };
    let text = export(Format::Text);
    assert!(
        text.contains("Job title: \"<b>Analyst</b>\"") && text.ends_with("Test Mode: nothing was changed.\n")
    );
    let json: Value = serde_json::from_str(&export(Format::Json)).unwrap();
    assert_eq!(json["summary"], run.summary());
    assert_eq!(json["plan"]["changes"][0]["detail"], "mara@contoso.example");
    let csv = export(Format::Csv);
    let mut table = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(std::result::Result::unwrap).collect();
    assert_eq!(rows.len(), 3, "one row a field");
    assert!(rows.iter().all(|row| row[2].starts_with("'=")), "no cell is run");
    let html = export(Format::Html);
    assert!(html.contains("&lt;b&gt;Analyst&lt;/b&gt;") && !html.contains("<b>Analyst"));
}

#[test]
fn a_sync_without_a_plan_does_not_say_that_nothing_differs() {
    let desk = Desk::in_test_mode();
    let mut run = desk.force();
    run.status = RunStatus::Failed("The disk is full.".to_owned());
    let key = Key::numbered(Space::Run, run.id);
    desk.store.write(|turn| turn.put(&key, &run)).unwrap();
    let text = desk.reports().render(run.id, Format::Text).unwrap();
    assert!(
        text.contains("\nThe disk is full.\n") && !text.contains(crate::plan::render::EMPTY),
        "{text}"
    );
}

#[test]
fn a_page_read_by_its_place_is_the_page_a_scan_finds() {
    use crate::plan::Action;
    let desk = Desk::live();
    let people: Vec<String> = (0..6).map(|n| desk.user(&format!("user{n}"))).collect();
    desk.group("Sales", &people[..3]);
    desk.force();
    desk.directory().delete(Kind::User, &people[0]).unwrap();
    desk.user("new one");
    let more = desk.user("newer");
    desk.group("Support", &[more, people[4].clone()]);
    let run = desk.force();
    let reports = desk.reports();
    let all: Vec<_> = reports
        .all_rows(run.id)
        .unwrap()
        .map(|row| row.unwrap())
        .collect();
    let actions = [Action::Create, Action::Change, Action::Archive, Action::Restore];
    for section in [
        Section::Users,
        Section::Groups,
        Section::Memberships,
        Section::Skipped,
        Section::Warnings,
    ] {
        for action in std::iter::once(None).chain(actions.map(Some)) {
            for (skip, take) in [(0, 100), (1, 1), (2, 0), (99, 1)] {
                let query = RowsQuery {
                    section,
                    action,
                    search: String::new(),
                    skip,
                    take,
                };
                let (places, expected): (Vec<_>, Vec<_>) = (0..)
                    .zip(&all)
                    .filter(|(_, row)| {
                        row.section() == section && (action.is_none() || row.action() == action)
                    })
                    .unzip();
                let (total, page) = reports.rows(run.id, &query).unwrap();
                assert_eq!(total, expected.len() as u64, "{query:?}");
                let wanted = places.into_iter().zip(expected.into_iter().cloned());
                assert_eq!(
                    page,
                    wanted.skip(skip).take(take).collect::<Vec<_>>(),
                    "{query:?}"
                );
            }
        }
    }
}

#[test]
fn old_reports_lose_their_rows_and_the_newest_keep_them() {
    let mut desk = Desk::in_test_mode();
    desk.user("mara");
    let (first, test) = (desk.force(), desk.force());
    desk.set(|draft| (draft.test_mode, draft.guard_rail.percent) = (false, None));
    let live = desk.force();
    // One that does not read is in nobody's way.
    let row = Key::numbered_pair(Space::ReportRow, first.id, 0);
    desk.store.write(|turn| turn.put(&row, &"no row")).unwrap();
    desk.wait(40 * 24 * 3_600);
    desk.reopen();
    let rows = |run: &Run| {
        let query = RowsQuery {
            section: Section::Users,
            action: None,
            search: String::new(),
            skip: 0,
            take: 9,
        };
        let gone = desk.reports().get(run.id).unwrap().rows_removed;
        (gone, desk.reports().rows(run.id, &query).unwrap().0)
    };
    assert_eq!(
        [rows(&first), rows(&test), rows(&live)],
        [(true, 0), (false, 1), (false, 1)]
    );
    assert_eq!(desk.reports().all_rows(first.id).unwrap().count(), 0);
    for pair in [(first.id, live.id), (live.id, first.id)] {
        let refused = desk.reports().compare(pair.0, pair.1).unwrap_err().to_string();
        assert!(refused.contains("its rows are no longer kept"), "{refused}");
    }
    for format in [Format::Text, Format::Html] {
        let written = desk.reports().render(first.id, format).unwrap();
        let told = "Plan: 1 to create, 0 to change, 0 to archive, 0 to restore. The rows of this report are no longer kept.";
        assert!(written.contains(told), "{written}");
    }
}
