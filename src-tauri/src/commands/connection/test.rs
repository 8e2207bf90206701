//! *Test connection*: five requests to the application's own server, over the network, as an
//! identity provider sends them. Nothing is written but their entries in the log.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Answer;
use crate::app::App;
use crate::view::{ConnectionTest, Server, StepOutcome, TestStep};

/// How long one step may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// By this name the server recognises the requests (`scim-server/src/client.rs`).
const AGENT: &str = concat!("SCIM-Desk-connection-test/", env!("CARGO_PKG_VERSION"));

/// What a step found: a sentence, of success or of failure.
type Found = Result<String, String>;

/// Makes the test. A step that fails ends it; those after it were not tried.
pub(in crate::commands) fn run(app: &App) -> Answer<ConnectionTest> {
    let pass = app.engine.pass()?;
    let client = Client::new(app.server.tenant_url(&app.engine), pass.reveal());
    let has_token = app.engine.tokens().active.is_some();
    let steps: [(&str, &dyn Fn() -> Found); 5] = [
        ("Reach the server", &|| reach(app)),
        ("Keep strangers out", &|| client.as_stranger()),
        ("Sign in with a token", &|| client.sign_in(has_token)),
        ("Look for a user", &|| client.look_for("Users", "userName")),
        ("Look for a group", &|| client.look_for("Groups", "displayName")),
    ];
    let mut worked = true;
    let steps: Vec<TestStep> = steps
        .into_iter()
        .map(|(name, step)| {
            let taken = if worked { take(name, step) } else { not_tried(name) };
            worked = worked && taken.outcome == StepOutcome::Worked;
            taken
        })
        .collect();
    Ok(ConnectionTest {
        at: app.engine.now().to_string(),
        tenant_url: client.base,
        steps,
        worked,
    })
}

fn take(name: &str, step: &dyn Fn() -> Found) -> TestStep {
    let begun = Instant::now();
    let found = step();
    let (outcome, detail) = match found {
        Ok(detail) => (StepOutcome::Worked, detail),
        Err(detail) => (StepOutcome::Failed, detail),
    };
    TestStep {
        name: name.to_owned(),
        outcome,
        detail,
        ms: begun.elapsed().as_secs_f64() * 1_000.0,
    }
}

fn not_tried(name: &str) -> TestStep {
    TestStep {
        name: name.to_owned(),
        outcome: StepOutcome::NotTried,
        detail: String::new(),
        ms: 0.0,
    }
}

/// The socket, before a word of HTTP.
fn reach(app: &App) -> Found {
    let address = match app.server.state() {
        Server::Listening { address } => address,
        Server::Stopped { reason } => return Err(reason),
    };
    let parsed = address
        .parse()
        .map_err(|_| format!("{address} is no address and port."))?;
    TcpStream::connect_timeout(&parsed, PATIENCE)
        .map(|_| format!("Something listens on {address}."))
        .map_err(|error| {
            format!("{address} does not take connections: {error}. Start the server, or save another port.")
        })
}

/// Sends requests as a provider does.
struct Client {
    base: String,
    token: String,
    agent: ureq::Agent,
}

impl Client {
    fn new(base: String, token: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .user_agent(AGENT)
            .build();
        Self {
            base,
            token: token.to_owned(),
            agent: config.into(),
        }
    }

    fn as_stranger(&self) -> Found {
        match self.get("ServiceProviderConfig", false)? {
            (401, _) => Ok("Without a token the answer is 401, as it should be.".to_owned()),
            (status, _) => Err(format!(
                "Without a token the answer is {status}, where 401 was expected."
            )),
        }
    }

    fn sign_in(&self, has_token: bool) -> Found {
        let (status, body) = self.get("ServiceProviderConfig", true)?;
        if status != 200 {
            return Err(refusal(status, &body));
        }
        if !has_token {
            return Err("The server answers, but there is no SCIM token in force. Generate one and give it to your identity provider.".to_owned());
        }
        Ok("The server says what it supports.".to_owned())
    }

    /// As Entra tests a connection: somebody who is not there is looked for.
    fn look_for(&self, resources: &str, attribute: &str) -> Found {
        let nobody = uuid::Uuid::new_v4();
        let path = format!("{resources}?filter={attribute}+eq+%22{nobody}%22");
        let (status, body) = self.get(&path, true)?;
        let total = body.get("totalResults").and_then(Value::as_u64);
        match (status, total) {
            (200, Some(0)) => {
                Ok("What does not exist was not found: an empty list, as providers expect it.".to_owned())
            }
            (200, _) => Err("The answer is no empty list.".to_owned()),
            (status, _) => Err(refusal(status, &body)),
        }
    }

    /// The status and the body of an answer.
    fn get(&self, path: &str, signed: bool) -> Result<(u16, Value), String> {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if signed {
            request = request.header("Authorization", format!("Bearer {}", self.token));
        }
        let mut answer = request
            .header("Accept", "application/scim+json")
            .call()
            .map_err(|error| format!("There was no answer: {error}."))?;
        let body = answer.body_mut().read_to_string().unwrap_or_default();
        Ok((
            answer.status().as_u16(),
            serde_json::from_str(&body).unwrap_or_default(),
        ))
    }
}

/// What a refusing answer says.
fn refusal(status: u16, body: &Value) -> String {
    let detail = body.get("detail").and_then(Value::as_str).unwrap_or_default();
    format!("The answer is {status}. {detail}")
}
