//! The pass of a connection test.

use super::*;

#[test]
fn a_pass_signs_in_while_it_lives_and_is_no_token() {
    let desk = Desk::new();
    let pass = desk.pass().unwrap();
    let header = format!("Bearer {}", pass.reveal());
    assert_eq!(desk.authenticate(Some(&header)), Ok(()));
    assert!(desk.authenticate(Some("Bearer scimdesk_other")).is_err());
    assert!(desk.authenticate(None).is_err());
    assert!(desk.tokens().active.is_none(), "it is not the SCIM token");
    drop(pass);
    assert!(desk.authenticate(Some(&header)).is_err());
}
