//! The real window on a display of its own, driven through WebDriver.
//!
//! Xvfb is the screen, WebKitWebDriver starts the application, and both end with the test.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

/// The window of one running application.
pub(super) struct Window {
    client: Client,
    screen: Screen,
    shots: PathBuf,
    _driver: Guard,
}

/// A virtual screen.
struct Screen {
    display: String,
    _server: Guard,
}

/// A process that ends with its guard.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left behind.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Screen {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1400x1000x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts; `cargo xtask setup` installs it");
        let mut number = String::new();
        let out = server.stdout.take().expect("its output is piped");
        BufReader::new(out)
            .read_line(&mut number)
            .expect("Xvfb tells its display");
        Self {
            display: format!(":{}", number.trim()),
            _server: Guard(server),
        }
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|socket| socket.local_addr())
        .expect("a free port")
        .port()
}

async fn start_driver(display: &str) -> (Guard, u16) {
    let port = free_port();
    let driver = Command::new("WebKitWebDriver")
        .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
        .env("DISPLAY", display)
        // Without it the application does not let itself be driven, and the session never begins.
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("WebKitWebDriver starts; `cargo xtask setup` installs it");
    let driver = Guard(driver);
    // It says nowhere when it is ready.
    for _ in 0..200 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return (driver, port);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("WebKitWebDriver does not answer on port {port}");
}

/// Whether an element was gone again before it could be told of.
fn is_stale(found: &Result<Element, CmdError>) -> bool {
    found
        .as_ref()
        .is_err_and(|error| error.to_string().contains("Stale element"))
}

const CONTROL: char = '\u{E009}';
const RELEASE: char = '\u{E000}';

/// A key by its name, as WebDriver knows it; what has no name is typed.
fn key_of(name: &str) -> String {
    let code = match name {
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "ArrowDown" => '\u{E015}',
        "F1" => '\u{E031}',
        _ => return name.to_lowercase(),
    };
    code.to_string()
}

impl Window {
    /// Opens the application on a data directory. Screenshots go to `tests/output/window/{name}`.
    pub(super) async fn open(binary: &Path, data_dir: &Path, name: &str) -> Self {
        let screen = Screen::start();
        let (driver, port) = start_driver(&screen.display).await;
        let options = json!({
            "binary": binary.display().to_string(),
            "args": ["--data-dir", data_dir.display().to_string()],
        });
        let capabilities = json!({ "webkitgtk:browserOptions": options });
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities.as_object().cloned().expect("an object"))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a session with the application");
        let shots = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("output/window")
            .join(name);
        std::fs::create_dir_all(&shots).expect("the output folder can be made");
        Self {
            client,
            screen,
            shots,
            _driver: driver,
        }
    }

    /// Closes the window, and with it the application.
    pub(super) async fn close(self) {
        self.client.close().await.expect("the session ends");
    }

    /// Waits for what has this test id.
    pub(super) async fn find(&self, id: &str) -> Element {
        self.find_css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// Waits for what this selector finds.
    pub(super) async fn find_css(&self, css: &str) -> Element {
        let mut found = self.client.wait().for_element(Locator::Css(css)).await;
        for _ in 0..4 {
            // It was drawn anew just as it was found.
            if !is_stale(&found) {
                break;
            }
            found = self.client.wait().for_element(Locator::Css(css)).await;
        }
        match found {
            Ok(element) => element,
            Err(error) => {
                self.shoot("failure").await;
                panic!("{css} is not in the page: {error}\n{}", self.text().await)
            }
        }
    }

    /// Whether anything has this test id now.
    pub(super) async fn has(&self, id: &str) -> bool {
        self.count(id).await > 0
    }

    /// How many elements have this test id now.
    pub(super) async fn count(&self, id: &str) -> usize {
        let css = format!("[data-testid=\"{id}\"]");
        self.client
            .find_all(Locator::Css(&css))
            .await
            .map_or(0, |found| found.len())
    }

    /// Clicks what has this test id, once it is there.
    pub(super) async fn click(&self, id: &str) {
        let element = self.find(id).await;
        // The driver takes what is half in view for visible, and then clicks what hides the rest.
        self.script(&format!(
            "document.querySelector('[data-testid=\"{id}\"]')?.scrollIntoView({{ block: 'nearest' }})"
        ))
        .await;
        if let Err(error) = element.click().await {
            self.shoot("failure").await;
            panic!("{id} cannot be clicked: {error}");
        }
    }

    /// Types into what has this test id.
    pub(super) async fn type_into(&self, id: &str, text: &str) {
        self.find(id)
            .await
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("{id}: {error}"));
    }

    /// Presses keys as a person would, wherever the focus is: `Ctrl+K`, `Enter`, or text.
    pub(super) async fn press(&self, keys: &str) {
        let typed: String = match keys.split_once('+') {
            Some(("Ctrl", key)) => format!("{CONTROL}{}{RELEASE}", key_of(key)),
            _ => key_of(keys),
        };
        let focused = self
            .client
            .active_element()
            .await
            .expect("something has the focus");
        focused
            .send_keys(&typed)
            .await
            .unwrap_or_else(|error| panic!("{keys}: {error}"));
    }

    /// What has the focus: its test id, or its text.
    pub(super) async fn focus(&self) -> String {
        self.script("const at = document.activeElement; return at.dataset.testid || at.textContent")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the focus is on this.
    pub(super) async fn focuses(&self, what: &str) {
        for _ in 0..120 {
            if self.focus().await == what {
                return;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        self.shoot("failure").await;
        panic!("the focus is on {:?}, not on {what:?}", self.focus().await);
    }

    /// Moves on with Tab until this test id has the focus.
    pub(super) async fn tab_to(&self, id: &str) {
        for _ in 0..80 {
            if self.focus().await == id {
                return;
            }
            self.press("Tab").await;
        }
        self.shoot("failure").await;
        panic!("Tab never comes to {id}");
    }

    /// Makes the window so large; there is no window manager that would refuse.
    pub(super) fn resize(&self, width: u32, height: u32) {
        let found = self.xdotool(&["search", "--sync", "--onlyvisible", "--name", "SCIM Desk"]);
        for window in found.lines() {
            self.xdotool(&[
                "windowsize",
                "--sync",
                window,
                &width.to_string(),
                &height.to_string(),
            ]);
        }
    }

    /// The text of what has this test id; of an input, its value.
    pub(super) async fn read(&self, id: &str) -> String {
        let element = self.find(id).await;
        match element.prop("value").await {
            Ok(Some(value)) if !value.is_empty() => value,
            _ => element.text().await.unwrap_or_default(),
        }
    }

    /// The text of the page.
    pub(super) async fn text(&self) -> String {
        self.script("return document.body.innerText")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the page says `sentence`.
    pub(super) async fn says(&self, sentence: &str) {
        for _ in 0..120 {
            if self.text().await.contains(sentence) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        self.shoot("failure").await;
        panic!("the page never said {sentence:?}:\n{}", self.text().await);
    }

    /// Waits until `count` elements have this test id.
    pub(super) async fn waits_for(&self, id: &str, count: usize) {
        for _ in 0..120 {
            if self.count(id).await == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        self.shoot("failure").await;
        panic!(
            "{} elements are {id}, not {count}:\n{}",
            self.count(id).await,
            self.text().await
        );
    }

    /// Runs JavaScript in the page and returns its value.
    pub(super) async fn script(&self, source: &str) -> Value {
        self.client
            .execute(source, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{source}: {error}"))
    }

    /// Runs JavaScript that answers through its last argument.
    pub(super) async fn script_async(&self, source: &str) -> Value {
        self.client
            .execute_async(source, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{source}: {error}"))
    }

    /// Calls a command of the shell as the page would, past the page.
    pub(super) async fn command(&self, name: &str, request: Value) -> Value {
        const CALL: &str = "const [name, request, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(name, request === null ? {} : { request })
                .then(value => done({ ok: value }), error => done({ error }));";
        self.client
            .execute_async(CALL, vec![Value::from(name), request])
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The page's whole markup.
    pub(super) async fn source(&self) -> String {
        self.client.source().await.expect("the page's source")
    }

    /// Writes a picture of the page.
    pub(super) async fn shoot(&self, name: &str) {
        // Animations would be caught half way, and a page that has not painted yet as it was.
        self.script_async(
            "document.getAnimations()
                 .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
                 .forEach(animation => animation.finish());
             const done = arguments[0];
             requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)));",
        )
        .await;
        let picture = self.client.screenshot().await.expect("a screenshot");
        std::fs::write(self.shots.join(format!("{name}.png")), picture).expect("the picture is written");
    }

    /// Answers the file dialog called `title` with a path.
    pub(super) fn answer_dialog(&self, title: &str, path: &Path) {
        let found = self.xdotool(&[
            "search",
            "--sync",
            "--onlyvisible",
            "--name",
            &format!("^{title}$"),
        ]);
        let window = found
            .lines()
            .next()
            .unwrap_or_else(|| panic!("no dialog is called {title}"))
            .to_owned();
        // An open dialog has no field for a path until Ctrl+L asks for it, and loses what is
        // typed while it builds one.
        self.xdotool(&[
            "windowfocus",
            "--sync",
            &window,
            "key",
            "ctrl+l",
            "sleep",
            "0.5",
            "key",
            "ctrl+a",
        ]);
        self.xdotool(&["type", "--delay", "5", &path.display().to_string()]);
        // While its suggestions are still coming, Return takes one of them instead of the path.
        self.xdotool(&["sleep", "0.5", "key", "Return"]);
    }

    /// `xdotool` on this screen, given up after half a minute.
    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("timeout")
            .args(["30", "xdotool"])
            .args(arguments)
            .env("DISPLAY", &self.screen.display)
            .output()
            .expect("xdotool runs; `cargo xtask setup` installs it");
        assert!(
            output.status.success(),
            "xdotool {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}
