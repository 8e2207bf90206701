//! Notifications by mail: when a quarantine begins or changes its reason, and when a job ends.
//!
//! Without a server a mail is kept to be shown, and so is one that could not be delivered.

use std::time::Duration;

use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use serde::{Deserialize, Serialize};

use crate::cycle::Notice;
use crate::secret::SecretToken;

/// How long each answer of the server is waited for.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Whether a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Encryption {
    /// Never: for a server on this computer.
    None,
    /// From STARTTLS on; refused if the server does not offer it.
    #[default]
    StartTls,
    /// From the beginning.
    Tls,
}

/// The server that takes mail. Its password is kept with the Secret Token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailServer {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether the connection is encrypted.
    pub encryption: Encryption,
    /// Who signs in; empty for nobody.
    #[serde(default)]
    pub user: String,
    /// The sender's address.
    pub from: String,
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Delivery {
    /// No server is set, so it is only kept.
    Kept,
    /// The server took it.
    Sent,
    /// It could not be delivered; the sentence says why.
    Failed(String),
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// When it was written.
    pub at: Timestamp,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// What became of it.
    pub delivery: Delivery,
}

/// Why a mail was not delivered.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address is none.
    #[error("\"{0}\" is no address for mail. Write one such as admin@contoso.com.")]
    Address(String),
    /// The server does not take it.
    #[error(
        "The mail server {host} did not take the mail: {reason}. See whether its name, port, encryption and sign-in are right."
    )]
    Server {
        /// The server.
        host: String,
        /// What was said.
        reason: String,
    },
}

/// Subject and text of the mail about a notice; none if nobody is told of it.
pub fn about(notice: &Notice, application: &str, target: &str) -> Option<(String, String)> {
    let (subject, text) = match notice {
        Notice::Quarantined(reason, fault) => {
            let error = fault
                .as_ref()
                .map(|fault| format!("\n\n{} ({})\n{}", fault.reason, fault.code, fault.recommended));
            (
                format!("Provisioning to {application} is in quarantine"),
                format!(
                    "{}{}\n\nUntil this is mended, cycles run less and less often, and after four weeks provisioning is switched off.",
                    reason.sentence(),
                    error.unwrap_or_default()
                ),
            )
        }
        Notice::Disabled(sentence) => (
            format!("Provisioning to {application} was switched off"),
            format!("{sentence}\n\nMend what failed and restart provisioning."),
        ),
        Notice::Released => return None,
    };
    Some((
        subject,
        format!("{text}\n\nTarget: {target}\nSent by a practice identity provider.\n"),
    ))
}

/// Delivers a mail.
pub fn deliver(server: &MailServer, password: &SecretToken, mail: &Mail) -> Result<(), MailError> {
    let message = Message::builder()
        .from(mailbox(&server.from)?)
        .to(mailbox(&mail.to)?)
        .subject(mail.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone())
        .map_err(|error| refused(server, &error))?;
    let transport = transport(server, password)?;
    transport
        .send(&message)
        .map(drop)
        .map_err(|error| refused(server, &error))
}

fn transport(server: &MailServer, password: &SecretToken) -> Result<SmtpTransport, MailError> {
    let parameters = || TlsParameters::new(server.host.clone()).map_err(|error| refused(server, &error));
    let tls = match server.encryption {
        Encryption::None => Tls::None,
        Encryption::StartTls => Tls::Required(parameters()?),
        Encryption::Tls => Tls::Wrapper(parameters()?),
    };
    let mut builder = SmtpTransport::builder_dangerous(server.host.clone())
        .port(server.port)
        .timeout(Some(TIMEOUT))
        .tls(tls);
    if !server.user.is_empty() {
        builder = builder.credentials(Credentials::new(
            server.user.clone(),
            password.reveal().to_owned(),
        ));
    }
    Ok(builder.build())
}

/// Fails if a text is no address.
pub fn mailbox(text: &str) -> Result<Mailbox, MailError> {
    text.trim()
        .parse()
        .map_err(|_| MailError::Address(text.to_owned()))
}

fn refused(server: &MailServer, error: &dyn std::error::Error) -> MailError {
    let mut reason = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        reason = format!("{reason}: {error}");
        source = error.source();
    }
    MailError::Server {
        host: server.host.clone(),
        reason,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::thread::{self, JoinHandle};

    use super::*;
    use crate::cycle::Reason;
    use crate::fault::Fault;

    /// A server that takes one mail. Returns its port and what was said to it.
    pub(crate) fn server() -> (u16, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let served = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut out = stream.try_clone().unwrap();
            let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).unwrap();
            say("220 mail.example ready");
            let (mut heard, mut is_data) = (String::new(), false);
            for line in BufReader::new(stream).lines() {
                let line = line.unwrap();
                heard.push_str(&line);
                heard.push('\n');
                if is_data {
                    if line == "." {
                        is_data = false;
                        say("250 taken");
                    }
                    continue;
                }
                match line.split([' ', ':']).next().unwrap().to_uppercase().as_str() {
                    "EHLO" => say("250-mail.example\r\n250-AUTH PLAIN\r\n250 8BITMIME"),
                    "AUTH" => say("235 welcome"),
                    "DATA" => {
                        is_data = true;
                        say("354 go on");
                    }
                    "QUIT" => {
                        say("221 bye");
                        break;
                    }
                    _ => say("250 fine"),
                }
            }
            heard
        });
        (port, served)
    }

    pub(crate) fn settings(port: u16) -> MailServer {
        MailServer {
            host: "127.0.0.1".to_owned(),
            port,
            encryption: Encryption::None,
            user: String::new(),
            from: "provisioning@contoso.com".to_owned(),
        }
    }

    fn mail() -> Mail {
        Mail {
            at: Timestamp::UNIX_EPOCH,
            to: "admin@contoso.com".to_owned(),
            subject: "Quarantine".to_owned(),
            text: "Müller was not provisioned.\n".to_owned(),
            delivery: Delivery::Kept,
        }
    }

    #[test]
    fn a_real_server_takes_the_mail() {
        let (port, served) = server();
        let signed_in = MailServer {
            user: "me".to_owned(),
            ..settings(port)
        };
        deliver(&signed_in, &SecretToken::new("secret"), &mail()).unwrap();
        let heard = served.join().unwrap();
        for part in [
            "MAIL FROM:<provisioning@contoso.com>",
            "RCPT TO:<admin@contoso.com>",
            "Subject: Quarantine",
        ] {
            assert!(heard.contains(part), "{heard}");
        }
        assert!(heard.contains("AUTH PLAIN"), "{heard}");
    }

    #[test]
    fn what_goes_wrong_is_said() {
        let (port, served) = server();
        let strict = MailServer {
            encryption: Encryption::StartTls,
            ..settings(port)
        };
        let error = deliver(&strict, &SecretToken::default(), &mail())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("127.0.0.1") && error.to_lowercase().contains("starttls"),
            "{error}"
        );
        drop(served);
        let nobody = Mail {
            to: "nobody".to_owned(),
            ..mail()
        };
        let error = deliver(&settings(1), &SecretToken::default(), &nobody)
            .unwrap_err()
            .to_string();
        assert!(error.contains("\"nobody\" is no address"), "{error}");
        let error = deliver(&settings(1), &SecretToken::default(), &mail())
            .unwrap_err()
            .to_string();
        assert!(error.contains("did not take the mail"), "{error}");
    }

    #[test]
    fn people_are_told_of_quarantines_and_ends() {
        let fault = Fault::new("Timeout", "Too slow.", "Wait.");
        let quarantined = Notice::Quarantined(Reason::EncounteredQuarantineException, Some(fault));
        let (subject, text) = about(&quarantined, "KnowBe4", "http://127.0.0.1/scim").unwrap();
        assert!(
            subject.contains("KnowBe4") && text.contains("Too slow. (Timeout)") && text.contains("127.0.0.1"),
            "{text}"
        );
        assert!(
            about(&Notice::Disabled("It failed.".to_owned()), "K", "t")
                .unwrap()
                .1
                .contains("It failed.")
        );
        assert_eq!(about(&Notice::Released, "K", "t"), None);
    }
}
