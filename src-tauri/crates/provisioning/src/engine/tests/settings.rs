//! Settings and tokens: saved whole, logged, and there after a restart.

use super::*;

fn bearer(token: &crate::token::ClearToken) -> String {
    format!("Bearer {}", token.reveal())
}

#[test]
fn a_draft_is_saved_whole_or_not_at_all() {
    let desk = Desk::new();
    let before = desk.settings();
    let mut draft = before.clone();
    (draft.enabled, draft.quiet_seconds) = (true, 0);
    assert!(matches!(
        desk.save_settings(&draft),
        Err(Error::Invalid {
            field: "quiet-seconds",
            ..
        })
    ));
    assert_eq!(desk.settings(), before);
    assert_eq!(desk.journal().count().unwrap(), 0);
}

#[test]
fn what_was_saved_is_in_the_log_before_and_after_and_survives_a_restart() {
    let mut desk = Desk::new();
    let saved =
        desk.set(|draft| (draft.service, draft.test_mode, draft.enabled) = (Service::Scim, false, true));
    assert!(saved.test_mode_forced && saved.settings.test_mode);
    let event = desk.log("action:\"save settings\"").remove(0);
    let rows: Vec<_> = event
        .modified
        .iter()
        .map(|row| {
            (
                row.key.as_str(),
                row.before.as_deref().unwrap(),
                row.after.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(rows, [("enabled", "false", "true"), ("service", "adi", "scim")]);
    assert!(desk.next_sync().is_some(), "another outcome is worth a sync");
    desk.set(|draft| draft.listen = " 127.0.0.1:8443 ".to_owned());
    assert_eq!(
        desk.journal().count().unwrap(),
        1,
        "what does not differ is no change"
    );
    desk.reopen();
    assert_eq!(desk.settings(), saved.settings);
}

#[test]
fn the_life_of_a_token_survives_restarts() {
    let mut desk = Desk::new();
    assert!(matches!(desk.regenerate_token(), Err(Error::NoToken)));
    let first = desk.generate_token().unwrap();
    assert!(matches!(desk.generate_token(), Err(Error::TokenExists)));
    desk.authenticate(Some(&bearer(&first))).unwrap();
    desk.reopen();
    desk.authenticate(Some(&bearer(&first))).unwrap();
    let active = desk.tokens().active.unwrap();
    assert_eq!(
        (active.uses_today(desk.now()), active.last_used),
        (2, Some(desk.now()))
    );
    let second = desk.regenerate_token().unwrap();
    assert!(matches!(
        desk.authenticate(Some(&bearer(&first))),
        Err(Rejected::Retired { replaced: true, .. })
    ));
    desk.reopen();
    assert!(matches!(
        desk.authenticate(Some(&bearer(&first))),
        Err(Rejected::Retired { .. })
    ));
    desk.authenticate(Some(&bearer(&second))).unwrap();
    desk.revoke_token().unwrap();
    assert!(matches!(desk.revoke_token(), Err(Error::NoToken)));
    desk.reopen();
    assert!(matches!(
        desk.authenticate(Some(&bearer(&second))),
        Err(Rejected::Retired { replaced: false, .. })
    ));
    let log = serde_json::to_string(&desk.log("")).unwrap();
    assert!(!log.contains(second.reveal()) && log.contains("Revoke SCIM token"));
}

/// The use of a token is stored from a copy; one made before must not bring the old token back.
#[test]
fn storing_the_use_of_a_token_waits_for_a_new_one() {
    let desk = Desk::new();
    let token = desk.generate_token().unwrap();
    let stored = || {
        desk.store
            .get::<Tokens>(&Key::all(Space::Token))
            .unwrap()
            .unwrap()
    };
    let before = stored();
    desk.wait(60);
    let turn = lock(&desk.admin_turn);
    desk.authenticate(Some(&bearer(&token))).unwrap();
    assert_eq!(stored(), before, "somebody is changing the tokens");
    drop(turn);
    desk.authenticate(Some(&bearer(&token))).unwrap();
    assert_eq!(
        stored().active.unwrap().uses_today(desk.now()),
        2,
        "no use is forgotten"
    );
}

#[test]
fn the_tenant_never_changes() {
    let mut desk = Desk::new();
    let tenant = desk.tenant().to_owned();
    desk.reopen();
    assert_eq!(desk.tenant(), tenant);
    assert_eq!(tenant.len(), 12);
}
