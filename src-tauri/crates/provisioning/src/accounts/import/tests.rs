//! What a file of accounts does, and what it is refused for.

use expect_test::expect;

use super::*;

fn refusal(text: &str) -> String {
    match parse(text) {
        Err(error) => error.to_string(),
        Ok(rows) => panic!("{} rows were taken", rows.len()),
    }
}

#[test]
fn headings_are_keys_or_labels_in_any_case() {
    let rows =
        parse("E-mail address,Job Title,department,Shoe size\nmara@contoso.example,Analyst,,44\n").unwrap();
    let account = rows[0].apply_to(None, "a1".into(), Timestamp::UNIX_EPOCH);
    assert_eq!(
        account.fields.get("jobTitle").map(String::as_str),
        Some("Analyst")
    );
    assert!(!account.fields.contains_key("department"), "an empty cell clears");
}

#[test]
fn bad_rows_are_named_by_line_and_nothing_is_taken() {
    expect![[r#"
        Nothing was imported. 4 rows cannot be taken:
        Line 3: "jonas" is no e-mail address. Write one such as adelev@contoso.com.
        Line 4: Write Active or Archived in the column State; "gone" is not understood.
        Line 5: The address MARA@contoso.example is on line 2 already. Keep one of the two.
        Line 6: It has 3 cells, the header has 2. Put cells that hold a comma between quotes."#]]
    .assert_eq(&refusal(
        "Email,State\nmara@contoso.example,Active\njonas,Active\nana@contoso.example,gone\nMARA@contoso.example,\nx@y.example,Active,z\n",
    ));
    expect![[r#"
        Nothing was imported. One row cannot be taken:
        Line 1: The header has no column "Email". Name the columns in the first line: Email, First name, Last name, …"#]]
    .assert_eq(&refusal("Name\nMara\n"));
}

#[test]
fn addresses() {
    for good in [
        "a@b.c",
        "adelev@contoso.com",
        "o'neil+x@sub.contoso.example",
        "müller@contoso.example",
    ] {
        assert!(is_email(good), "{good}");
    }
    for bad in ["", "a", "@b.c", "a@", "a b@c.d", "a@b@c.d", "a@b..c"] {
        assert!(!is_email(bad), "{bad}");
    }
}
