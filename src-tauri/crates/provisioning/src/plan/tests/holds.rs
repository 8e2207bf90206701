//! What is held back: by an administrator, and for protected accounts.

use expect_test::expect;

use super::check_plan;

#[test]
fn what_is_on_hold_stays_as_it_is_and_the_report_says_so() {
    check_plan(
        r#"
//- console
mara    title="Analyst" managed-by=scim
jonas   managed-by=scim
ana     managed-by=scim
lidia   managed-by=scim state=archived
//- identity provider
mara    title="Senior Analyst"
ana     title="Buyer"
lidia
patti
//- on hold
mara
jonas
lidia
patti   new=yes
"#,
        expect![[r#"
            ~ change

            ~ ana <ana@contoso.example>: the identity provider has other values
                Job title: "Buyer"

            On hold:
            + patti <patti@contoso.example>: new in the identity provider
                E-mail address: "patti@contoso.example"
                On hold; it stays as it is until it is released.
            ~ mara <mara@contoso.example>: the identity provider has other values
                Job title: "Analyst" → "Senior Analyst"
                On hold; it stays as it is until it is released.
            − jonas@contoso.example <jonas@contoso.example>: not present in the identity provider
                On hold; it stays as it is until it is released.
            ↺ lidia <lidia@contoso.example>: active again in the identity provider
                On hold; it stays as it is until it is released.

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn an_address_that_is_held_is_not_given_away() {
    check_plan(
        r"
//- console
mara    managed-by=scim
jonas   managed-by=scim
//- identity provider
mara    user-name=okafor@contoso.example
new     user-name=mara@contoso.example
newer   user-name=jonas@contoso.example
//- on hold
mara
jonas
",
        expect![[r#"

            On hold:
            ~ mara <okafor@contoso.example>: the identity provider has other values
                E-mail address: "mara@contoso.example" → "okafor@contoso.example"
                On hold; it stays as it is until it is released.
            ~ newer <jonas@contoso.example>: the identity provider has other values
                Directory user: "u-jonas" → "u-newer"
                On hold; it stays as it is until it is released.

            Skipped:
              new <mara@contoso.example>: the address mara@contoso.example is held by the account of mara@contoso.example; change one of the two addresses

            No changes. 2 are on hold.
        "#]],
    );
}

#[test]
fn groups_and_memberships_are_put_on_hold_one_by_one() {
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
Retired   managed-by=scim
//- groups
Sales     members="mara"
Legal     members="mara jonas"
//- on hold
Retired   object=group
Legal     object=group new=yes
Sales     object=membership of=jonas
"#,
        expect![[r#"
            + create

            + mara@contoso.example in Sales: a member in the identity provider

            On hold:
            + group Legal: new in the identity provider
                Name: "Legal"
                On hold; it stays as it is until it is released.
            − group Retired: not present in the identity provider
                On hold; it stays as it is until it is released.
            − jonas@contoso.example in Sales: no longer a member in the identity provider
                On hold; it stays as it is until it is released.

            Plan: no account changes; 0 group changes and 1 membership change.
        "#]],
    );
}

#[test]
fn a_group_on_hold_keeps_its_name() {
    check_plan(
        r#"
//- console groups
Sales     managed-by=scim
//- groups
"Former Sales" id=Sales
Sales     id=new
//- on hold
Sales     object=group
"#,
        expect![[r#"

            On hold:
            ~ group Former Sales: the identity provider has other values
                Name: "Sales" → "Former Sales"
                On hold; it stays as it is until it is released.

            Skipped:
              Sales: the console group Sales is matched by another directory group already

            No changes. One is on hold.
        "#]],
    );
}

#[test]
fn a_protected_account_is_never_archived() {
    check_plan(
        r#"
//- console
mara    managed-by=scim protected=yes title="Analyst"
jonas   managed-by=scim protected=yes
//- identity provider
mara    title="Senior Analyst"
"#,
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Job title: "Analyst" → "Senior Analyst"

            On hold:
            − jonas@contoso.example <jonas@contoso.example>: not present in the identity provider
                The account is protected, so it is not archived. Take the protection away to let it happen.

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn the_address_of_a_protected_account_is_not_free() {
    check_plan(
        r"
//- console
mara    managed-by=scim protected=yes
//- identity provider
mara    active=false
new     user-name=mara@contoso.example
",
        expect![[r#"

            On hold:
            − mara@contoso.example <mara@contoso.example>: disabled in the identity provider (active is false)
                The account is protected, so it is not archived. Take the protection away to let it happen.

            Skipped:
              new <mara@contoso.example>: the address mara@contoso.example is held by the account of mara@contoso.example; change one of the two addresses

            No changes. One is on hold.
        "#]],
    );
}

#[test]
fn nobody_on_the_exempt_list_gets_an_account() {
    check_plan(
        r"
//- identity provider
mara
ana     active=false
//- exempt list
Mara@contoso.example
ana
",
        expect![[r#"

            Skipped:
              mara <mara@contoso.example>: the address is on the exempt list, so no account is made for it
              ana <ana@contoso.example>: disabled in the identity provider, and there is no account to archive

            No changes. 2 were left alone, each with the reason.
        "#]],
    );
}
