//! Every kind of account with everything the identity provider may say about it. The reports are
//! data, in `combinations.txt`; `UPDATE_EXPECT=1 cargo test` writes them anew, to be read.

use std::fmt::Write as _;

use expect_test::expect_file;

use super::planned;

/// Kinds of accounts. Each has an alias that a second directory user may mean.
const ACCOUNTS: &[(&str, &str)] = &[
    ("unmatched", ""),
    ("console-managed", "mara title=Analyst aliases=mo"),
    ("SCIM-managed", "mara title=Analyst aliases=mo managed-by=scim"),
    ("ADI-managed", "mara title=Analyst aliases=mo managed-by=adi"),
    (
        "exempt",
        "mara title=Analyst aliases=mo managed-by=scim exempt=yes",
    ),
    (
        "protected",
        "mara title=Analyst aliases=mo managed-by=scim protected=yes",
    ),
    (
        "archived",
        "mara title=Analyst aliases=mo managed-by=scim state=archived",
    ),
    (
        "on hold",
        "mara title=Analyst aliases=mo managed-by=scim\n//- on hold\nmara",
    ),
];

/// What the identity provider sent.
const SENT: &[(&str, &str)] = &[
    ("absent", ""),
    ("active, the same", "mara title=Analyst"),
    ("active, different", "mara title=\"Senior Analyst\""),
    ("inactive", "mara title=Analyst active=false"),
    (
        "deleted softly",
        "mara title=Analyst active=false user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5emara@contoso.example",
    ),
    ("two for one account", "mara title=Analyst\nmo title=Analyst"),
    (
        "a userName that is no address",
        "mara title=Analyst user-name=CONTOSO\\mara",
    ),
];

#[test]
fn every_kind_of_account_with_everything_that_may_be_sent() {
    let mut reports = String::new();
    for (account, console) in ACCOUNTS {
        for (sent, directory) in SENT {
            let fixture = format!("//- console\n{console}\n//- identity provider\n{directory}\n");
            let _ = write!(
                reports,
                "## {account}; {sent}\n\n{}\n",
                planned(&fixture).trim_start()
            );
        }
    }
    expect_file!["combinations.txt"].assert_eq(&reports);
}
