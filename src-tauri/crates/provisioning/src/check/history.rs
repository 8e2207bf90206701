//! The log, the syncs with their reports, and the records of which there is one.

use uuid::Uuid;

use super::look::{Found, Look, shown};
use crate::directory::{Kind, LAST_ID};
use crate::error::Result;
use crate::journal::Event;
use crate::reports::Row;
use crate::settings::Settings;
use crate::store::{Key, Space, number};
use crate::sync::{Run, pending};
use crate::token::Tokens;

/// Events are numbered without gaps up to the counter.
pub(super) fn log(look: &mut Look<'_, '_>) -> Result<()> {
    let mut last = None;
    look.each(Space::Event, |look, rest, event: Event| {
        look.count("log events");
        let Some(found) = is_numbered(look, "log event", rest, event.id) else {
            return Ok(());
        };
        if let Some(last) = last
            && found != last + 1
        {
            look.find(format!(
                "The log events from {} to {} are missing.",
                last + 1,
                found - 1
            ));
        }
        last = Some(found);
        Ok(())
    })?;
    is_counted(look, "last event", last)
}

/// Syncs are numbered up to the counter, and every row of a report belongs to one.
pub(super) fn syncs(look: &mut Look<'_, '_>) -> Result<()> {
    let mut last = None;
    look.each(Space::Run, |look, rest, run: Run| {
        look.count("syncs");
        last = is_numbered(look, "sync", rest, run.id).or(last);
        Ok(())
    })?;
    is_counted(look, "last sync", last)?;
    let mut before: Option<(u64, u64)> = None;
    look.each(Space::ReportRow, |look, rest, _: Row| {
        look.count("report rows");
        let place = rest.get(8..).and_then(number);
        let (Some(run), Some(place)) = (number(rest), place) else {
            look.find(format!(
                "A report row has the key {}, which is none.",
                shown(rest)
            ));
            return Ok(());
        };
        let is_next_of = before.filter(|(before, _)| *before == run);
        if is_next_of.is_none() && !look.is_there(&Key::numbered(Space::Run, run))? {
            look.find(format!(
                "There are report rows of sync {run}, which does not exist."
            ));
        }
        if let Some((_, earlier)) = is_next_of
            && place != earlier + 1
        {
            look.find(format!(
                "The report of sync {run} lacks the rows between {earlier} and {place}."
            ));
        }
        before = Some((run, place));
        Ok(())
    })
}

/// Settings, token, tenant and counters can be read and make sense.
pub(super) fn single_records(look: &mut Look<'_, '_>) -> Result<()> {
    look.each(Space::Settings, |look, _, settings: Settings| {
        if let Err(error) = settings.validate() {
            look.find(format!(
                "The saved settings are not ones that may be saved: {error}"
            ));
        }
        Ok(())
    })?;
    look.each(Space::Token, |_, _, _: Tokens| Ok(()))?;
    for name in ["tenant", LAST_ID] {
        is_text(look, name)?;
    }
    let [changes, synced] = pending::keys().map(|key| read_counter(look, &key));
    let (changes, synced) = (changes?, synced?);
    if synced.unwrap_or_default() > changes.unwrap_or_default() {
        let sentence =
            "A sync is said to have seen more changes of the directory than there were.".to_owned();
        let [_, key] = pending::keys();
        look.put(sentence, &key, &changes.unwrap_or_default())?;
    }
    newest_id(look)
}

/// The id given last is not older than the newest there is. An older store has none.
fn newest_id(look: &mut Look<'_, '_>) -> Result<()> {
    let key = Key::named(Space::Meta, LAST_ID);
    let Some(given) = look.read::<String>(&key)? else {
        return Ok(());
    };
    let mut newest = Uuid::parse_str(&given).ok();
    for kind in [Kind::User, Kind::Group] {
        let last = look.turn.before().keys(&Key::all(kind.records())).next_back();
        newest = newest.max(last.transpose()?.and_then(|id| Uuid::parse_str(&id).ok()));
    }
    if let Some(newest) = newest.map(|newest| newest.to_string())
        && newest != given
    {
        let sentence = format!("The id given last is said to be {given}, but there is {newest}.");
        look.put(sentence, &key, &newest)?;
    }
    Ok(())
}

/// Whether a record is under its own number; which one that is.
fn is_numbered(look: &mut Look<'_, '_>, what: &str, rest: &[u8], id: u64) -> Option<u64> {
    let found = number(rest).filter(|_| rest.len() == 8);
    if found != Some(id) {
        look.find(format!(
            "The {what} under the key {} says that its number is {id}.",
            shown(rest)
        ));
    }
    found
}

/// The counter called `name` has reached the newest number there is; none is given twice.
fn is_counted(look: &mut Look<'_, '_>, name: &str, newest: Option<u64>) -> Result<()> {
    let key = Key::named(Space::Meta, name);
    let sentence = match look.found::<u64>(&key)? {
        Found::Record(counted) if counted >= newest.unwrap_or_default() => return Ok(()),
        Found::Nothing if newest.is_none() => return Ok(()),
        Found::Unreadable => format!("The counter \"{name}\" cannot be read."),
        Found::Nothing => format!(
            "The counter \"{name}\" is at 0, but there is a number {}.",
            newest.unwrap_or_default()
        ),
        Found::Record(counted) => format!(
            "The counter \"{name}\" is at {counted}, but there is a number {}.",
            newest.unwrap_or_default()
        ),
    };
    match newest {
        Some(newest) => look.put(sentence, &key, &newest)?,
        None => look.find(sentence),
    }
    Ok(())
}

/// A number kept by itself; one that cannot be read is a finding.
fn read_counter(look: &mut Look<'_, '_>, key: &Key) -> Result<Option<u64>> {
    let value = look.read(key)?;
    if value.is_none() && look.is_there(key)? {
        look.find(format!(
            "The counter {} cannot be read.",
            shown(key.bytes().get(1..).unwrap_or_default())
        ));
    }
    Ok(value)
}

fn is_text(look: &mut Look<'_, '_>, name: &str) -> Result<()> {
    let key = Key::named(Space::Meta, name);
    if look.is_there(&key)? && look.read::<String>(&key)?.is_none() {
        look.find(format!("The store property \"{name}\" cannot be read."));
    }
    Ok(())
}
