//! What becomes of groups and memberships.

use expect_test::expect;

use super::check_plan;

#[test]
fn groups_are_created_renamed_archived_and_restored() {
    check_plan(
        r#"
//- console groups
Sales     managed-by=scim
Retired   managed-by=scim
Seasonal  managed-by=scim state=archived
Branch    managed-by=adi
//- groups
"Sales EMEA" id=Sales
Seasonal
Legal
"#,
        expect![[r#"
            + create   ~ change   − archive   ↺ restore

            + group Legal: new in the identity provider
                Name: "Legal"
            ~ group Sales EMEA: the identity provider has other values
                Name: "Sales" → "Sales EMEA"
            − group Retired: not present in the identity provider
            − group Branch: not present in the identity provider
            ↺ group Seasonal: active again in the identity provider

            Plan: no account changes; 5 group changes and 0 membership changes.
        "#]],
    );
}

#[test]
fn a_group_of_adi_is_matched_by_name_in_any_case() {
    check_plan(
        r"
//- console groups
sales     managed-by=adi
//- groups
Sales
",
        expect![[r#"
            ~ change

            ~ group Sales: the identity provider has other values
                Name: "sales" → "Sales"
                Managed by: "ADI" → "SCIM"

            Plan: no account changes; 1 group change and 0 membership changes.
        "#]],
    );
}

#[test]
fn console_managed_groups_are_left_alone_and_keep_their_names() {
    check_plan(
        r#"
//- console
mara      managed-by=scim
//- identity provider
mara
//- console groups
Everyone  members="mara"
Champions members="mara"
Sales     managed-by=scim
//- groups
Champions
everyone  id=Sales members="mara"
"#,
        expect![[r#"

            Skipped:
              Champions: a console-managed group has this name, and those are left alone
              everyone: a console-managed group has this name, and those are left alone

            No changes. 2 were left alone, each with the reason.
        "#]],
    );
}

#[test]
fn a_name_is_handed_on_within_one_plan() {
    check_plan(
        r#"
//- console groups
Sales     managed-by=scim
//- groups
"Former Sales" id=Sales
Sales     id=new
"#,
        expect![[r#"
            + create   ~ change

            + group Sales: new in the identity provider
                Name: "Sales"
            ~ group Former Sales: the identity provider has other values
                Name: "Sales" → "Former Sales"

            Plan: no account changes; 2 group changes and 0 membership changes.
        "#]],
    );
}

#[test]
fn a_group_made_again_under_a_new_id_is_linked_again() {
    check_plan(
        r"
//- console groups
Sales     managed-by=scim link=before
//- groups
Sales
",
        expect![[r#"
            ~ change

            ~ group Sales: the identity provider has other values
                Directory group: "g-before" → "g-Sales"

            Plan: no account changes; 1 group change and 0 membership changes.
        "#]],
    );
}

#[test]
fn memberships_are_added_and_removed() {
    check_plan(
        r#"
//- console
mara      managed-by=scim
jonas     managed-by=scim
//- identity provider
mara
jonas
//- console groups
Sales     members="jonas" managed-by=scim
//- groups
Sales     members="mara unknown"
"#,
        expect![[r#"
            + create   − archive

            + mara@contoso.example in Sales: a member in the identity provider
            − jonas@contoso.example in Sales: no longer a member in the identity provider

            Plan: no account changes; 0 group changes and 2 membership changes.
        "#]],
    );
}

#[test]
fn a_new_person_joins_a_new_group() {
    check_plan(
        r#"
//- identity provider
mara
//- groups
Sales     members="mara"
"#,
        expect![[r#"
            + create

            + mara <mara@contoso.example>: new in the identity provider
                E-mail address: "mara@contoso.example"
            + group Sales: new in the identity provider
                Name: "Sales"
            + mara in Sales: a member in the identity provider

            Plan: 1 to create, 0 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn a_disabled_member_keeps_the_membership() {
    check_plan(
        r#"
//- console
mara      managed-by=scim
jonas     managed-by=scim state=archived
//- identity provider
mara      active=false
jonas     active=false
//- console groups
Sales     members="mara jonas" managed-by=scim
//- groups
Sales     members="mara jonas"
"#,
        expect![[r#"
            − archive

            − mara@contoso.example <mara@contoso.example>: disabled in the identity provider (active is false)

            Plan: 0 to create, 0 to change, 1 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn the_memberships_of_an_exempt_account_stay() {
    check_plan(
        r#"
//- console
mara      exempt=yes managed-by=scim
jonas     exempt=yes
//- identity provider
mara
jonas
//- console groups
Sales     members="mara" managed-by=scim
//- groups
Sales     members="jonas"
"#,
        expect![[r#"

            Skipped:
              mara <mara@contoso.example>: the account is exempt from provisioning
              jonas <jonas@contoso.example>: the account is exempt from provisioning

            No changes. 2 were left alone, each with the reason.
        "#]],
    );
}

#[test]
fn groups_in_groups_are_left_out_with_a_warning_each() {
    check_plan(
        r#"
//- console
mara      managed-by=scim
//- identity provider
mara
//- console groups
Sales     members="mara" managed-by=scim
EMEA      managed-by=scim
APAC      managed-by=scim
//- groups
Sales     members="mara" groups="EMEA APAC"
EMEA      groups="APAC"
APAC
"#,
        expect![[r#"

            Warnings:
              Sales: it has 2 groups, EMEA among them, as members, and the console has no groups in groups, so their people are not added by it; make them direct members at the identity provider
              EMEA: it has the group APAC as members, and the console has no groups in groups, so its people are not added by it; make them direct members at the identity provider

            No changes. The console already matches your identity provider.
        "#]],
    );
}
