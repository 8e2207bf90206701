//! What becomes of accounts.

use expect_test::expect;

use super::check_plan;

#[test]
fn a_changed_title_and_somebody_who_left() {
    check_plan(
        r#"
//- console
mara   title="Analyst"  managed-by=scim
jonas  title="Engineer" managed-by=scim
//- identity provider
mara   title="Senior Analyst"
"#,
        expect![[r#"
            ~ change   − archive

            ~ mara <mara@contoso.example>: the identity provider has other values
                Job title: "Analyst" → "Senior Analyst"
            − jonas@contoso.example <jonas@contoso.example>: not present in the identity provider

            Plan: 0 to create, 1 to change, 1 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn nothing_to_do_has_a_sentence_of_its_own() {
    check_plan(
        r#"
//- console
mara   title="Analyst" managed-by=scim
//- identity provider
mara   title="Analyst"
"#,
        expect![[r#"
            No changes. The console already matches your identity provider.
        "#]],
    );
}

#[test]
fn create_change_archive_and_restore_in_one_plan() {
    check_plan(
        r#"
//- console
mara    department="Retail" managed-by=scim
jonas   managed-by=scim
ana     managed-by=scim
lidia   state=archived managed-by=scim
gone    state=archived managed-by=scim
//- identity provider
mara    department="Marketing"
jonas   active=false
lidia   title="Buyer"
patti   firstName="Patti" lastName="Fernandez" title="President"
gone    active=false
"#,
        expect![[r#"
            + create   ~ change   − archive   ↺ restore

            + patti <patti@contoso.example>: new in the identity provider
                E-mail address: "patti@contoso.example"
                First name: "Patti"
                Last name: "Fernandez"
                Job title: "President"
            ~ mara <mara@contoso.example>: the identity provider has other values
                Department: "Retail" → "Marketing"
            − jonas@contoso.example <jonas@contoso.example>: disabled in the identity provider (active is false)
            − ana@contoso.example <ana@contoso.example>: not present in the identity provider
            ↺ lidia <lidia@contoso.example>: active again in the identity provider
                Job title: "Buyer"

            Plan: 1 to create, 1 to change, 2 to archive, 1 to restore.
        "#]],
    );
}

#[test]
fn a_console_managed_account_is_matched_by_its_address_in_any_case() {
    check_plan(
        r"
//- console
mara    email=Mara@Contoso.example
//- identity provider
mara
",
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                E-mail address: "Mara@Contoso.example" → "mara@contoso.example"
                Managed by: "Console" → "SCIM"

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn an_alias_matches_and_becomes_the_address() {
    check_plan(
        r#"
//- console
mara    aliases="mo mara.okafor"
//- identity provider
okafor  user-name=mara.okafor@contoso.example
"#,
        expect![[r#"
            ~ change

            ~ okafor <mara.okafor@contoso.example>: the identity provider has other values
                E-mail address: "mara@contoso.example" → "mara.okafor@contoso.example"
                Managed by: "Console" → "SCIM"
                Alias addresses: "mo@contoso.example; mara.okafor@contoso.example" → "mo@contoso.example"

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn coming_from_adi_an_account_loses_its_aliases() {
    check_plan(
        r#"
//- console
mara    managed-by=adi aliases="mo mara.okafor"
jonas   managed-by=scim aliases=joe
//- identity provider
mara
jonas
"#,
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Managed by: "ADI" → "SCIM"
                Alias addresses: "mo@contoso.example; mara.okafor@contoso.example" → (blank)

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn an_alias_that_adi_kept_is_free_for_its_new_owner_in_the_same_plan() {
    check_plan(
        r"
//- console
mara    managed-by=adi aliases=mo
//- identity provider
mo
mara
",
        expect![[r#"
            + create   ~ change

            + mo <mo@contoso.example>: new in the identity provider
                E-mail address: "mo@contoso.example"
            ~ mara <mara@contoso.example>: the identity provider has other values
                Managed by: "ADI" → "SCIM"
                Alias addresses: "mo@contoso.example" → (blank)

            Plan: 1 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn what_is_not_sent_is_blanked() {
    check_plan(
        r#"
//- console
mara    title="Analyst" department="Retail" customField1="Store 18" managed-by=scim
//- identity provider
mara    department="Retail"
"#,
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Job title: "Analyst" → (blank)
                Custom field 1: "Store 18" → (blank)

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn exempt_accounts_are_left_alone_whether_they_are_sent_or_not() {
    check_plan(
        r#"
//- console
mara    title="Analyst" exempt=yes
jonas   exempt=yes managed-by=scim
ana     exempt=yes managed-by=scim
//- identity provider
mara    title="Senior Analyst"
jonas   active=false
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
fn a_user_name_that_is_no_address_is_skipped_and_its_account_kept() {
    check_plan(
        r#"
//- console
mara    managed-by=scim
jonas   managed-by=scim
//- identity provider
mara    user-name="CONTOSO\mara"
jonas   user-name="jonas" active=false
ana     user-name="ana"
"#,
        expect![[r#"
            − archive

            − jonas@contoso.example <jonas@contoso.example>: disabled in the identity provider (active is false)

            Skipped:
              mara <CONTOSO\mara>: userName "CONTOSO\mara" is no e-mail address; map userName to an address at the identity provider
              ana <ana>: userName "ana" is no e-mail address; map userName to an address at the identity provider

            Plan: 0 to create, 0 to change, 1 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn two_users_for_one_account() {
    check_plan(
        r"
//- console
mara    aliases=mo
//- identity provider
mo
mara
",
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Managed by: "Console" → "SCIM"

            Skipped:
              mo <mo@contoso.example>: the account mara@contoso.example is matched by mara@contoso.example already; two directory users mean the same account

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn an_alias_of_a_linked_account_is_not_given_away() {
    check_plan(
        r"
//- console
mara    aliases=mo managed-by=scim
//- identity provider
mara
mo
",
        expect![[r#"

            Skipped:
              mo <mo@contoso.example>: the account mara@contoso.example is matched by mara@contoso.example already; two directory users mean the same account

            No changes. One was left alone, with the reason.
        "#]],
    );
}

#[test]
fn an_address_that_another_account_holds() {
    check_plan(
        r"
//- console
mara    managed-by=scim
office  email=info@contoso.example exempt=yes
//- identity provider
mara    user-name=info@contoso.example
",
        expect![[r#"

            Skipped:
              mara <info@contoso.example>: the address info@contoso.example is held by the account of info@contoso.example; change one of the two addresses

            No changes. One was left alone, with the reason.
        "#]],
    );
}

#[test]
fn an_address_is_handed_on_within_one_plan() {
    check_plan(
        r#"
//- console
sales   managed-by=scim title="Head of Sales"
//- identity provider
sales   user-name=former.sales@contoso.example title="Adviser"
new     user-name=sales@contoso.example title="Head of Sales"
"#,
        expect![[r#"
            + create   ~ change

            + new <sales@contoso.example>: new in the identity provider
                E-mail address: "sales@contoso.example"
                Job title: "Head of Sales"
            ~ sales <former.sales@contoso.example>: the identity provider has other values
                E-mail address: "sales@contoso.example" → "former.sales@contoso.example"
                Job title: "Head of Sales" → "Adviser"

            Plan: 1 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn two_people_swap_their_addresses() {
    check_plan(
        r"
//- console
mara    managed-by=scim
jonas   managed-by=scim
//- identity provider
mara    user-name=jonas@contoso.example
jonas   user-name=mara@contoso.example
",
        expect![[r#"
            ~ change

            ~ mara <jonas@contoso.example>: the identity provider has other values
                E-mail address: "mara@contoso.example" → "jonas@contoso.example"
            ~ jonas <mara@contoso.example>: the identity provider has other values
                E-mail address: "jonas@contoso.example" → "mara@contoso.example"

            Plan: 0 to create, 2 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn who_waits_for_somebody_who_is_left_alone_is_left_alone() {
    check_plan(
        r"
//- console
office  email=info@contoso.example exempt=yes
mara    managed-by=scim
jonas   managed-by=scim
//- identity provider
mara    user-name=info@contoso.example
jonas   user-name=mara@contoso.example
ana     user-name=jonas@contoso.example
",
        expect![[r#"

            Skipped:
              mara <info@contoso.example>: the address info@contoso.example is held by the account of info@contoso.example; change one of the two addresses
              jonas <mara@contoso.example>: the address mara@contoso.example is held by the account of mara@contoso.example; change one of the two addresses
              ana <jonas@contoso.example>: the address jonas@contoso.example is held by the account of jonas@contoso.example; change one of the two addresses

            No changes. 3 were left alone, each with the reason.
        "#]],
    );
}

#[test]
fn a_user_made_again_under_a_new_id_keeps_the_account() {
    check_plan(
        r"
//- console
mara    managed-by=scim link=mara-before
//- identity provider
mara
",
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Directory user: "u-mara-before" → "u-mara"

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn an_archived_account_comes_back_without_the_aliases_that_others_have_now() {
    check_plan(
        r"
//- console
mara    aliases=mo state=archived managed-by=scim
mo      managed-by=scim
//- identity provider
mara
mo
",
        expect![[r#"
            ↺ restore

            ↺ mara <mara@contoso.example>: active again in the identity provider
                Alias addresses: "mo@contoso.example" → (blank)

            Plan: 0 to create, 0 to change, 0 to archive, 1 to restore.
        "#]],
    );
}

#[test]
fn a_disabled_user_takes_the_account_it_means_into_the_archive() {
    check_plan(
        r"
//- console
mara
//- identity provider
mara    active=false
",
        expect![[r#"
            − archive

            − mara@contoso.example <mara@contoso.example>: disabled in the identity provider (active is false)
                Managed by: "Console" → "SCIM"

            Plan: 0 to create, 0 to change, 1 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn inactive_without_an_account() {
    check_plan(
        r"
//- identity provider
mara    active=false
",
        expect![[r#"

            Skipped:
              mara <mara@contoso.example>: disabled in the identity provider, and there is no account to archive

            No changes. One was left alone, with the reason.
        "#]],
    );
}

#[test]
fn a_manager_is_an_address_and_a_name() {
    check_plan(
        r"
//- console
mara    managed-by=scim
//- identity provider
mara    manager=jonas
jonas
",
        expect![[r#"
            + create   ~ change

            + jonas <jonas@contoso.example>: new in the identity provider
                E-mail address: "jonas@contoso.example"
            ~ mara <mara@contoso.example>: the identity provider has other values
                Manager e-mail: "jonas@contoso.example"
                Manager name: "jonas"

            Plan: 1 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn a_manager_who_was_not_sent_is_a_warning() {
    check_plan(
        r"
//- console
mara    managed-by=scim managerEmail=jonas@contoso.example managerName=jonas
//- identity provider
mara    manager=jonas
",
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Manager e-mail: "jonas@contoso.example" → (blank)
                Manager name: "jonas" → (blank)

            Warnings:
              mara <mara@contoso.example>: the manager u-jonas is not among the users sent; the manager fields stay blank until that user is in scope

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn a_user_deleted_softly_takes_the_account_it_means_into_the_archive_under_its_address() {
    check_plan(
        r"
//- console
mara
jonas   managed-by=scim
ana     managed-by=scim state=archived
//- identity provider
mara    active=false user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5emara@contoso.example
jonas   active=false user-name=0123456789ABCDEF0123456789abcdefjonas@contoso.example
ana     active=false user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5eana@contoso.example
",
        expect![[r#"
            − archive

            − mara@contoso.example <mara@contoso.example>: deleted in the identity provider, which has put 32 digits before the userName
                Managed by: "Console" → "SCIM"
            − jonas@contoso.example <jonas@contoso.example>: deleted in the identity provider, which has put 32 digits before the userName

            Plan: 0 to create, 0 to change, 2 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn a_name_that_only_looks_deleted_is_a_name() {
    check_plan(
        r"
//- console
mara    managed-by=scim
//- identity provider
mara    user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5emara@contoso.example
jonas   active=false user-name=8f3a1c5ejonas@contoso.example
",
        expect![[r#"
            ~ change

            ~ mara <8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5emara@contoso.example>: the identity provider has other values
                E-mail address: "mara@contoso.example" → "8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5emara@contoso.example"

            Skipped:
              jonas <8f3a1c5ejonas@contoso.example>: disabled in the identity provider, and there is no account to archive

            Plan: 0 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn who_comes_back_under_a_new_id_takes_the_address_from_the_archived_account() {
    check_plan(
        r"
//- console
mara    managed-by=scim
//- identity provider
mara    active=false user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5emara@contoso.example
again   user-name=mara@contoso.example
",
        expect![[r#"
            + create   − archive

            + again <mara@contoso.example>: new in the identity provider
                E-mail address: "mara@contoso.example"
            − mara@contoso.example <mara@contoso.example>: deleted in the identity provider, which has put 32 digits before the userName
                E-mail address: "mara@contoso.example" → "archived.mara@contoso.example"

            Warnings:
              mara@contoso.example <mara@contoso.example>: the address mara@contoso.example is that of again from now on; the archived account gives it up

            Plan: 1 to create, 0 to change, 1 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn an_archived_account_gives_its_address_up_to_whoever_takes_it() {
    check_plan(
        r"
//- console
mara    managed-by=scim
info    managed-by=scim state=archived
old     email=archived.info@contoso.example exempt=yes
//- identity provider
mara    user-name=info@contoso.example
info    active=false
",
        expect![[r#"
            ~ change

            ~ mara <info@contoso.example>: the identity provider has other values
                E-mail address: "mara@contoso.example" → "info@contoso.example"
            ~ info@contoso.example <info@contoso.example>: the address info@contoso.example is that of mara from now on; the archived account gives it up
                E-mail address: "info@contoso.example" → "archived.archived.info@contoso.example"

            Plan: 0 to create, 2 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn a_manager_who_arrives_later_is_taken_up_then() {
    let console = "//- console\nmara managed-by=scim\n";
    check_plan(
        &format!("{console}//- identity provider\nmara manager=jonas\n"),
        expect![[r#"

            Warnings:
              mara <mara@contoso.example>: the manager u-jonas is not among the users sent; the manager fields stay blank until that user is in scope

            No changes. The console already matches your identity provider.
        "#]],
    );
    check_plan(
        &format!("{console}//- identity provider\nmara manager=jonas\njonas\n"),
        expect![[r#"
            + create   ~ change

            + jonas <jonas@contoso.example>: new in the identity provider
                E-mail address: "jonas@contoso.example"
            ~ mara <mara@contoso.example>: the identity provider has other values
                Manager e-mail: "jonas@contoso.example"
                Manager name: "jonas"

            Plan: 1 to create, 1 to change, 0 to archive, 0 to restore.
        "#]],
    );
}

#[test]
fn a_manager_is_named_by_the_address_without_its_mark_or_not_at_all() {
    check_plan(
        r"
//- console
mara    managed-by=scim
ana     managed-by=scim
jonas   managed-by=scim state=archived
boss    managed-by=scim state=archived
//- identity provider
mara    manager=jonas
ana     manager=boss
jonas   active=false user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5ejonas@contoso.example
boss    active=false user-name=boss
",
        expect![[r#"
            ~ change

            ~ mara <mara@contoso.example>: the identity provider has other values
                Manager e-mail: "jonas@contoso.example"
                Manager name: "jonas"
            ~ ana <ana@contoso.example>: the identity provider has other values
                Manager name: "boss"

            Warnings:
              ana <ana@contoso.example>: the manager's userName "boss" is no e-mail address, so the manager's address stays blank

            Plan: 0 to create, 2 to change, 0 to archive, 0 to restore.
        "#]],
    );
}
