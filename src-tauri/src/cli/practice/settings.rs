//! `practice set`: the configuration by keys and values.

use jiff::SignedDuration;
use practice_idp::Practice;
use practice_idp::clock::Pace;
use practice_idp::configuration::{Configuration, Mode};
use practice_idp::cycle::Scope;
use practice_idp::mail::{Encryption, MailServer};
use practice_idp::secret::SecretToken;

use super::super::Failure;
use super::super::terminal::{say, table};

/// The keys of `practice set`, what each holds, and how it is set.
type Key = (
    &'static str,
    &'static str,
    fn(&mut Configuration, &str) -> Result<(), String>,
);

const KEYS: &[Key] = &[
    ("url", "the Tenant URL, with flags", |c, v| {
        put(&mut c.tenant_url, v)
    }),
    ("persona", "whose requests are sent", |c, v| {
        put(&mut c.persona, v)
    }),
    (
        "allow-host",
        "a host beyond this computer that may be sent to",
        |c, v| {
            c.allowed_hosts.insert(v.to_owned());
            Ok(())
        },
    ),
    (
        "forbid-host",
        "a host that may not be sent to any more",
        |c, v| {
            c.allowed_hosts.remove(v);
            Ok(())
        },
    ),
    (
        "remember-token",
        "true: the token is kept in a file for its owner alone",
        |c, v| parse(&mut c.remember_secrets, v),
    ),
    ("mode", "manual or automatic", |c, v| {
        choose(
            &mut c.mode,
            v,
            &[("manual", Mode::Manual), ("automatic", Mode::Automatic)],
        )
    }),
    ("status", "on or off", |c, v| {
        choose(&mut c.is_on, v, &[("on", true), ("off", false)])
    }),
    ("scope", "assigned or all", |c, v| {
        choose(
            &mut c.scope,
            v,
            &[("assigned", Scope::Assigned), ("all", Scope::All)],
        )
    }),
    ("notification-email", "who is told; empty for nobody", |c, v| {
        put(&mut c.notification_email, v)
    }),
    ("send-notifications", "true or false", |c, v| {
        parse(&mut c.send_notifications, v)
    }),
    (
        "smtp",
        "host:port, host:port/starttls or host:port/tls; empty for none",
        smtp,
    ),
    ("smtp-user", "who signs in to the mail server", |c, v| {
        put(&mut server(c)?.user, v)
    }),
    ("smtp-from", "the sender", |c, v| put(&mut server(c)?.from, v)),
    ("prevent-deletions", "true or false", |c, v| {
        parse(&mut c.prevent_accidental_deletions, v)
    }),
    (
        "deletion-threshold",
        "more disables and deletes than this wait to be allowed",
        |c, v| parse(&mut c.deletion_threshold, v),
    ),
    ("skip-out-of-scope-deletions", "true or false", |c, v| {
        parse(&mut c.skip_out_of_scope_deletions, v)
    }),
    (
        "quarantine-scale",
        "by what Entra's thresholds are divided; 1 is Entra",
        |c, v| parse(&mut c.thresholds.scale, v),
    ),
    ("members-per-patch", "members in one PATCH", |c, v| {
        optional(&mut c.overrides.max_members_per_patch, v)
    }),
    ("timeout-seconds", "how long an answer is waited for", |c, v| {
        optional(&mut c.overrides.timeout_seconds, v)
    }),
    ("parallel", "requests under way at once", |c, v| {
        optional(&mut c.overrides.parallel, v)
    }),
];

/// `practice set`: all of the changes or, if one cannot be made, none. `clock` and `token` are no
/// part of the configuration.
pub(super) fn set(practice: &Practice, changes: &[String]) -> Result<(), Failure> {
    if changes.is_empty() {
        let own = [
            ("clock", "real, x60 or by-hand"),
            ("token", "the Secret Token"),
            ("smtp-password", "of the mail server"),
        ];
        let keys = KEYS.iter().map(|(key, about, _)| (*key, *about)).chain(own);
        let rows: Vec<Vec<String>> = keys
            .map(|(key, about)| vec![key.to_owned(), about.to_owned()])
            .collect();
        return say(&table(&rows));
    }
    let mut configuration = practice.look(|look| look.configuration.clone());
    let (mut pace, mut token, mut password) = (None, None, None);
    for change in changes {
        let (key, value) = pair(change)?;
        match key {
            "clock" => pace = Some(clock(value)?),
            "token" => token = Some(SecretToken::new(value)),
            "smtp-password" => password = Some(SecretToken::new(value)),
            _ => apply(&mut configuration, key, value)?,
        }
    }
    practice.configure(|saved| *saved = configuration)?;
    token.map_or(Ok(()), |token| practice.set_token(token))?;
    password.map_or(Ok(()), |password| practice.set_mail_password(password))?;
    pace.map_or(Ok(()), |pace| practice.set_pace(pace))?;
    say("Saved.")
}

fn apply(configuration: &mut Configuration, key: &str, value: &str) -> Result<(), Failure> {
    let known = KEYS.iter().find(|(name, _, _)| *name == key);
    let (_, _, set) = known.ok_or_else(|| {
        Failure::general(format!(
            "There is no setting called {key}. To see them all: scim-desk practice set"
        ))
    })?;
    set(configuration, value)
        .map_err(|reason| Failure::general(format!("{key}={value} cannot be set: {reason}")))
}

#[expect(clippy::unnecessary_wraps, reason = "the other keys can be refused")]
fn put(place: &mut String, value: &str) -> Result<(), String> {
    value.clone_into(place);
    Ok(())
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(place: &mut T, value: &str) -> Result<(), String> {
    *place = value.parse().map_err(|error: T::Err| format!("{error}."))?;
    Ok(())
}

fn optional<T: std::str::FromStr<Err: std::fmt::Display>>(
    place: &mut Option<T>,
    value: &str,
) -> Result<(), String> {
    *place = match value {
        "" => None,
        value => Some(value.parse().map_err(|error: T::Err| format!("{error}."))?),
    };
    Ok(())
}

fn choose<T: Copy>(place: &mut T, value: &str, among: &[(&str, T)]) -> Result<(), String> {
    let found = among.iter().find(|(name, _)| name.eq_ignore_ascii_case(value));
    let names: Vec<&str> = among.iter().map(|(name, _)| *name).collect();
    let (_, chosen) = found.ok_or_else(|| format!("choose {}.", names.join(" or ")))?;
    *place = *chosen;
    Ok(())
}

fn smtp(configuration: &mut Configuration, value: &str) -> Result<(), String> {
    if value.is_empty() {
        configuration.mail_server = None;
        return Ok(());
    }
    let (address, encryption) = value.split_once('/').unwrap_or((value, ""));
    let mut chosen = Encryption::None;
    choose(
        &mut chosen,
        encryption,
        &[
            ("", Encryption::None),
            ("starttls", Encryption::StartTls),
            ("tls", Encryption::Tls),
        ],
    )?;
    let (host, port) = address.rsplit_once(':').ok_or("write host:port.")?;
    let before = configuration.mail_server.take();
    configuration.mail_server = Some(MailServer {
        host: host.to_owned(),
        port: port.parse().map_err(|error| format!("{error}."))?,
        encryption: chosen,
        user: before
            .as_ref()
            .map(|server| server.user.clone())
            .unwrap_or_default(),
        from: before.map_or_else(
            || "provisioning@practice.example".to_owned(),
            |server| server.from,
        ),
    });
    Ok(())
}

fn server(configuration: &mut Configuration) -> Result<&mut MailServer, String> {
    configuration
        .mail_server
        .as_mut()
        .ok_or_else(|| "set smtp first.".to_owned())
}

fn clock(value: &str) -> Result<Pace, Failure> {
    let mut pace = Pace::Real;
    choose(
        &mut pace,
        value,
        &[
            ("real", Pace::Real),
            ("x60", Pace::Sixtyfold),
            ("by-hand", Pace::ByHand),
        ],
    )
    .map_err(|reason| Failure::general(format!("clock={value} cannot be set: {reason}")))?;
    Ok(pace)
}

pub(super) fn pair(text: &str) -> Result<(&str, &str), Failure> {
    text.split_once('=')
        .ok_or_else(|| Failure::general(format!("\"{text}\" is no change. Write it as key=value.")))
}

/// `40m`, `6h`, `30d` or `4w`.
pub(super) fn duration(text: &str) -> Result<SignedDuration, Failure> {
    let wrong = || Failure::general(format!("\"{text}\" is no time. Write it as 40m, 6h, 30d or 4w."));
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let number: i64 = text
        .strip_suffix(unit)
        .and_then(|number| number.parse().ok())
        .ok_or_else(wrong)?;
    let minutes = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        'w' => 7 * 24 * 60,
        _ => return Err(wrong()),
    };
    // Ten years are more than anybody practises for.
    let minutes = number
        .checked_mul(minutes)
        .filter(|minutes| (1..=5_259_600).contains(minutes))
        .ok_or_else(wrong)?;
    Ok(SignedDuration::from_mins(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, minutes) in [("40m", 40), ("6h", 360), ("30d", 43_200), ("4w", 40_320)] {
            assert_eq!(duration(text).unwrap(), SignedDuration::from_mins(minutes));
        }
        for text in ["", "40", "m", "-1m", "0m", "40 m", "99999999999d", "5é"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_key_is_set_or_refused_with_a_sentence() {
        let mut configuration = Configuration::default();
        for (key, value) in [
            ("scope", "ALL"),
            ("deletion-threshold", "2"),
            ("smtp", "127.0.0.1:25/tls"),
            ("smtp-user", "me"),
            ("parallel", ""),
        ] {
            apply(&mut configuration, key, value).unwrap();
        }
        assert_eq!(
            (configuration.scope, configuration.deletion_threshold),
            (Scope::All, 2)
        );
        assert_eq!(
            configuration.mail_server.as_ref().unwrap().encryption,
            Encryption::Tls
        );
        for (key, value, said) in [
            ("scope", "some", "assigned or all"),
            ("parallel", "x", "invalid digit"),
            ("nothing", "1", "no setting"),
        ] {
            let error = apply(&mut configuration, key, value).unwrap_err();
            assert!(error.message().contains(said), "{}", error.message());
        }
    }
}
