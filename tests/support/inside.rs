//! The server inside the test: the whole HTTP stack on a free port, without a second process.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use provisioning::Engine;
use provisioning::clock::{Clock, SystemClock};
use provisioning::settings::{Service, Settings};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::Provider;

/// A server that answers until it is dropped. Syncs do not run by themselves.
pub struct Inside {
    /// What it answers from.
    pub engine: Arc<Engine>,
    /// The SCIM token.
    pub token: String,
    address: SocketAddr,
    clock: Arc<AheadClock>,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<Runtime>,
    // Last, so that it is removed when nobody uses it any more.
    _folder: TempDir,
}

impl Inside {
    /// Starts it on an empty directory, with SCIM selected and Test Mode on.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with more settings, by their keys on the command line.
    pub fn start_with(changes: &[(String, String)]) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(AheadClock::default());
        let engine = Arc::new(Engine::open(folder.path(), Arc::<AheadClock>::clone(&clock)).unwrap());
        let mut settings = Settings {
            enabled: true,
            service: Service::Scim,
            quiet_seconds: 3_600,
            ..Settings::default()
        };
        for (key, value) in changes {
            settings.set(key, value).unwrap();
        }
        engine.save_settings(&settings).unwrap();
        let token = engine.generate_token().unwrap().reveal().to_owned();
        let runtime = Runtime::new().unwrap();
        let listener = runtime
            .block_on(scim_server::bind(SocketAddr::from(([127, 0, 0, 1], 0))))
            .unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let answering = Arc::clone(&engine);
        runtime.spawn(async move {
            let asked = async {
                let _ = stopped.await;
            };
            scim_server::serve(listener, answering, asked).await.unwrap();
        });
        Self {
            engine,
            token,
            address,
            clock,
            stop: Some(stop),
            runtime: Some(runtime),
            _folder: folder,
        }
    }

    /// Moves the server's clock on.
    pub fn advance(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Host and port.
    pub fn authority(&self) -> String {
        self.address.to_string()
    }

    /// The Tenant URL; ends in `/`.
    pub fn tenant_url(&self) -> String {
        scim_server::tenant_url(self.address, self.engine.tenant())
    }

    /// An identity provider that is connected.
    pub fn provider(&self) -> Provider {
        Provider::new(&self.tenant_url(), &self.token)
    }
}

/// The computer's clock, some seconds ahead.
#[derive(Default)]
struct AheadClock(AtomicI64);

impl Clock for AheadClock {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.0.load(Ordering::SeqCst));
        SystemClock.now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        // Connections that clients keep open would hold a graceful stop up for ever.
        drop(self.stop.take());
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
