//! Every answer there is to "why not?".

use expect_test::{Expect, expect};

use super::*;
use crate::plan::tests_fixture as fixture;

#[track_caller]
#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect![…]` stands in the call as it is"
)]
fn check(story: &str, address: &str, answer: Expect) {
    let inputs = fixture::read(story);
    let archived = |_: &Account| Ok::<_, ()>(Some("It was archived on a Monday.".to_owned()));
    let explained = explain(&inputs, &Plan::make(&inputs), address, archived).unwrap();
    answer.assert_eq(&explained.paragraph);
}

const STORY: &str = r#"
//- console
mara    managed-by=scim aliases=mo
jonas   managed-by=scim state=archived
ana     managed-by=scim
lidia   exempt=yes
patti   managed-by=scim protected=yes title="President"
alex    managed-by=scim
//- identity provider
mara
jonas   active=false user-name=8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5ejonas@contoso.example
lidia
alex    title=Buyer
new
bad     user-name=bad
//- on hold
alex
"#;

#[test]
fn who_is_as_the_identity_provider_has_them() {
    check(
        STORY,
        "MO@contoso.example",
        expect![
            "The identity provider sent mara with the userName mara@contoso.example, active. The console has the account mara@contoso.example of mara@contoso.example: active, managed by SCIM, linked to this user. The next sync leaves it as it is; nothing differs."
        ],
    );
}

#[test]
fn who_was_not_sent() {
    check(
        STORY,
        "nobody@contoso.example",
        expect![
            "The identity provider has not sent nobody@contoso.example: no user of the directory has it as userName. Look there whether the person is assigned to this application and in scope. The console has no account for it. So there is nothing for a sync to do."
        ],
    );
    check(
        STORY,
        "ana@contoso.example",
        expect![
            "The identity provider has not sent ana@contoso.example: no user of the directory has it as userName. Look there whether the person is assigned to this application and in scope. The console has the account ana@contoso.example of ana@contoso.example: active, managed by SCIM, linked to a user who is not sent any more. The next sync is to archive the account, because: not present in the identity provider."
        ],
    );
    check(
        STORY,
        "patti@contoso.example",
        expect![
            "The identity provider has not sent patti@contoso.example: no user of the directory has it as userName. Look there whether the person is assigned to this application and in scope. The console has the account patti@contoso.example of patti@contoso.example: active, managed by SCIM, linked to a user who is not sent any more. It is protected, so no sync archives it. A sync would archive the account, because: not present in the identity provider. The account is protected, so it is not archived. Take the protection away to let it happen."
        ],
    );
}

#[test]
fn who_is_archived() {
    check(
        STORY,
        "jonas@contoso.example",
        expect![
            "The identity provider sent jonas with the userName 8f3a1c5e8f3a1c5e8f3a1c5e8f3a1c5ejonas@contoso.example, deleted softly and therefore inactive. The console has the account jonas@contoso.example of jonas@contoso.example: archived, managed by SCIM, linked to this user. It was archived on a Monday. The next sync leaves it as it is; nothing differs."
        ],
    );
}

#[test]
fn who_is_new_exempt_skipped_or_on_hold() {
    for (address, answer) in [
        (
            "new@contoso.example",
            expect![
                "The identity provider sent new with the userName new@contoso.example, active. The console has no account for it. The next sync is to create the account, because: new in the identity provider."
            ],
        ),
        (
            "lidia@contoso.example",
            expect![
                "The identity provider sent lidia with the userName lidia@contoso.example, active. The console has the account lidia@contoso.example of lidia@contoso.example: active, managed by the console, linked to no user yet. It is exempt from provisioning, so syncs leave it alone. Syncs skip it, because: the account is exempt from provisioning."
            ],
        ),
        (
            "bad",
            expect![[
                r#"The identity provider sent bad with the userName bad, active. The console has no account for it. Syncs skip it, because: userName "bad" is no e-mail address; map userName to an address at the identity provider."#
            ]],
        ),
        (
            "alex@contoso.example",
            expect![
                "The identity provider sent alex with the userName alex@contoso.example, active. The console has the account alex@contoso.example of alex@contoso.example: active, managed by SCIM, linked to this user. A sync would change the account, because: the identity provider has other values. On hold; it stays as it is until it is released."
            ],
        ),
    ] {
        check(STORY, address, answer);
    }
}
