//! Who is told of what a cycle came to.

use jiff::Timestamp;

use super::{MAILS, Practice, PracticeError};
use crate::cycle::Notice;
use crate::mail::{Delivery, Mail, about, deliver};
use crate::persona::Persona;

/// Mails kept at most; the oldest go.
const KEPT: usize = 100;

impl Practice {
    /// Writes and delivers the mails about notices. A mail that cannot be delivered is kept with the
    /// reason.
    pub(super) fn tell(
        &self,
        notices: &[Notice],
        persona: &Persona,
        now: Timestamp,
    ) -> Result<(), PracticeError> {
        let (to, server, password, target) = {
            let state = self.lock();
            let configuration = &state.configuration;
            if !configuration.send_notifications || configuration.notification_email.is_empty() {
                return Ok(());
            }
            (
                configuration.notification_email.clone(),
                configuration.mail_server.clone(),
                state.secrets.mail_password.clone(),
                configuration.tenant_url.clone(),
            )
        };
        for notice in notices {
            let Some((subject, text)) = about(notice, &persona.target_system, &target) else {
                continue;
            };
            let mut mail = Mail {
                at: now,
                to: to.clone(),
                subject,
                text,
                delivery: Delivery::Kept,
            };
            if let Some(server) = &server {
                mail.delivery = match deliver(server, &password, &mail) {
                    Ok(()) => Delivery::Sent,
                    Err(error) => Delivery::Failed(error.to_string()),
                };
            }
            self.keep(mail)?;
        }
        Ok(())
    }

    fn keep(&self, mail: Mail) -> Result<(), PracticeError> {
        let mut state = self.lock();
        state.mails.push(mail);
        let surplus = state.mails.len().saturating_sub(KEPT);
        state.mails.drain(..surplus);
        Ok(self.folder.put(MAILS, &state.mails)?)
    }
}
