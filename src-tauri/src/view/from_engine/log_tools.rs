//! What the engine says about the log, for the window.

use provisioning::journal::mask::Mask;
use provisioning::journal::timeline::Person;
use provisioning::journal::{Event, Page, activity, chain, facets, retention};
use provisioning::plan::Held;
use provisioning::reports::{Entry, Row};
use scim_server::replay;

use crate::view::{
    Activities, Activity, Facet, FacetValue, Facets, Kept, Replay, Replayed, Timeline, TimelineRow, Verified,
};

impl From<facets::Facets> for Facets {
    fn from(mut counted: facets::Facets) -> Self {
        let facet = |key: &&'static str| {
            let values = counted.counts.remove(key)?.into_iter();
            Some(Facet {
                key: (*key).to_owned(),
                values: values.map(|(value, count)| FacetValue { value, count }).collect(),
            })
        };
        Self {
            facets: facets::FACETS.iter().filter_map(facet).collect(),
            looked: counted.looked,
            found: counted.found,
            next: counted.next,
        }
    }
}

impl From<activity::Activities> for Activities {
    fn from(told: activity::Activities) -> Self {
        Self {
            list: told.list.into_iter().map(Into::into).collect(),
            next: told.next,
        }
    }
}

impl From<activity::Activity> for Activity {
    fn from(told: activity::Activity) -> Self {
        Self {
            from: told.from.to_string(),
            to: told.to.to_string(),
            sentence: told.sentence,
            query: told.query,
            failed: told.failed,
            id: told.events.1,
        }
    }
}

impl Timeline {
    /// A page of a person's events, who are called `name`.
    pub(crate) fn of(person: Person, name: String, page: Page) -> Self {
        Self {
            name,
            user: person.user,
            account: person.account,
            next: page.next,
            reached: page.reached.map(|at| at.to_string()),
            rows: page.events.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Event> for TimelineRow {
    fn from(event: Event) -> Self {
        Self {
            event: (&event).into(),
            only_planned: event.is_only_planned(),
            changes: event.modified.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<chain::Verified> for Verified {
    fn from(verified: chain::Verified) -> Self {
        Self {
            whole: verified.is_whole(),
            events: verified.events,
            through: verified.through,
            unchained: verified.unchained,
            head: verified.head,
            findings: verified.findings.iter().map(ToString::to_string).collect(),
            more: verified.more,
        }
    }
}

impl From<retention::Kept> for Kept {
    fn from(kept: retention::Kept) -> Self {
        Self {
            stored: kept.stored,
            oldest: kept.oldest.map(|at| at.to_string()),
            removes: kept.removes,
            oldest_left: kept.oldest_left.map(|at| at.to_string()),
        }
    }
}

impl Replay {
    /// What a replay came to; with pseudonyms where there is a mask.
    pub(crate) fn of(outcome: replay::Outcome, mask: Option<&Mask>) -> Self {
        let masked = |event: Event| match mask {
            Some(mask) => mask.event(&event).into(),
            None => event.into(),
        };
        Self {
            plan_before: outcome.before.summary(),
            plan_after: outcome.after.summary(),
            differences: outcome.new_rows.iter().map(|row| headline(row, mask)).collect(),
            requests: outcome
                .requests
                .into_iter()
                .map(|request| Replayed {
                    logged: masked(request.then),
                    now: request.now.map(masked),
                    remark: request.remark,
                })
                .collect(),
        }
    }
}

/// What a row says, without the names in it where there is a mask.
fn headline(row: &Row, mask: Option<&Mask>) -> String {
    let headline = row.headline();
    let Some(mask) = mask else { return headline };
    let (name, detail) = match &row.entry {
        Entry::Change(change) | Entry::Held(Held { change, .. }) => (&change.name, &change.detail),
        Entry::Skipped(notice) | Entry::Warning(notice) => (&notice.name, &notice.detail),
    };
    let names = [detail, name].into_iter().filter(|name| !name.is_empty());
    let without = names.fold(headline, |text, name| {
        text.replace(name.as_str(), &mask.value(name))
    });
    mask.text(&without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_shown_in_their_order() {
        let mut counted = facets::Facets::default();
        counted
            .counts
            .entry("quirk")
            .or_default()
            .insert("x".to_owned(), 1);
        counted
            .counts
            .entry("status")
            .or_default()
            .insert("success".to_owned(), 2);
        let shown = Facets::from(counted);
        let keys: Vec<_> = shown.facets.iter().map(|facet| facet.key.as_str()).collect();
        assert_eq!(keys, ["status", "quirk"]);
        assert_eq!(shown.facets[0].values[0].count, 2);
    }
}
