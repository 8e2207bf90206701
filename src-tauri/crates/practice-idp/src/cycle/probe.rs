//! *Test Connection*, which every cycle begins with as well.

use serde_json::Value as Json;

use super::Surroundings;
use super::courier::resources;
use super::record::Trail;
use crate::fault::{Asked, Fault, MULTIPLE_ENTRIES};
use crate::log::Exchange;
use crate::persona::Probe;
use crate::wire::Kind;

/// Sends the persona's probes. Returns the requests and, if the target cannot be provisioned to, why.
pub fn probe(around: &Surroundings<'_>) -> (Vec<Exchange>, Result<(), Fault>) {
    let mut trail = Trail::default();
    let probes = around.persona.probes.iter();
    let result = probes.copied().try_for_each(|each| one(around, each, &mut trail));
    (trail.exchanges, result)
}

fn one(around: &Surroundings<'_>, probe: Probe, trail: &mut Trail) -> Result<(), Fault> {
    let kind = match probe {
        Probe::NoUser | Probe::Users(_) | Probe::Configuration => Kind::User,
        Probe::NoGroup | Probe::Groups(_) => Kind::Group,
    };
    let attribute = around.rules.first_key(kind);
    let request = around.writer().probe(probe, &attribute, &(around.chance)());
    let answer = around.ask(&request, Asked::List, trail).map_err(of_target)?;
    match probe {
        Probe::Configuration => match answer.json() {
            Some(Json::Object(_)) => Ok(()),
            _ => Err(Fault::incompatible(
                "The target answered without its service provider configuration.",
            )),
        },
        Probe::Users(_) | Probe::Groups(_) => resources(&answer).map(drop),
        Probe::NoUser | Probe::NoGroup => {
            let found = resources(&answer)?;
            if found.is_empty() {
                return Ok(());
            }
            Err(of_target(Fault::new(
                MULTIPLE_ENTRIES,
                format!(
                    "The target found {} objects whose {attribute} is a random id that nobody has.",
                    found.len()
                ),
                "Make the server obey filters.",
            )))
        }
    }
}

/// Whatever goes wrong here says that the target cannot be provisioned to.
fn of_target(fault: Fault) -> Fault {
    Fault {
        of_target: true,
        ..fault
    }
}
