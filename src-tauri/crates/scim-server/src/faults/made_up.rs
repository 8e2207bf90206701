//! Answers that nothing has led to.

use scim::error::{ScimError, ScimType};

use super::Fault;
use crate::exchange::{Answer, Call, refused};

/// What a proxy might answer that wants people to sign in.
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body><h1>Sign in</h1><p>Fault injection is on in SCIM Desk: this page was made up.</p></body></html>\n";

/// The answer that stands for the engine's.
pub(super) fn answer(fault: &Fault) -> Answer {
    match fault {
        Fault::Unauthorized => error(401),
        Fault::Forbidden => error(403),
        Fault::NotFound => error(404),
        Fault::Conflict => Answer::error(&ScimError {
            scim_type: Some(ScimType::Uniqueness),
            ..made_up(409)
        }),
        Fault::TooManyRequests { retry_after } => Answer {
            retry_after: Some(*retry_after),
            ..error(429)
        },
        Fault::Burst { .. } => error(503),
        Fault::Dropped => Answer {
            is_dropped: true,
            ..Answer::default()
        },
        Fault::HtmlBody => Answer {
            is_html: true,
            ..Answer::of_text(PAGE.to_owned())
        },
        // The last two are answered by the engine; nothing is made up for them.
        Fault::ServerError | Fault::Delay(_) | Fault::MembersReturned => error(500),
    }
}

fn error(status: u16) -> Answer {
    Answer::error(&made_up(status))
}

fn made_up(status: u16) -> ScimError {
    refused(
        status,
        format!("Fault injection is on in SCIM Desk: this {status} was made up, and nothing was done."),
    )
}

const EXCLUDED: &str = "excludedAttributes";

/// Whether it is a read that wants no members.
pub(super) fn excludes_members(call: &Call) -> bool {
    let excluded = call.parameter(EXCLUDED).unwrap_or_default();
    let is_members = |name: &str| name.trim().eq_ignore_ascii_case("members");
    matches!(call.method.as_str(), "GET" | "HEAD") && excluded.split(',').any(is_members)
}

/// The same read, without that wish.
pub(super) fn without_exclusion(call: &Call) -> Call {
    let pairs = form_urlencoded::parse(call.query.as_bytes());
    let is_members = |name: &&str| name.trim().eq_ignore_ascii_case("members");
    let kept = pairs.map(|(name, value)| {
        if !name.eq_ignore_ascii_case(EXCLUDED) {
            return (name, value);
        }
        let others: Vec<&str> = value.split(',').filter(|name| !is_members(name)).collect();
        let others = others.join(",");
        (name, others.into())
    });
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .finish();
    call.asking(&query)
}
