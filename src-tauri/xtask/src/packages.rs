//! The system's packages: found, installed on Debian and Ubuntu, and named elsewhere.

use std::fs;
use std::io::IsTerminal;
use std::process::{Command, Stdio};

use crate::process::{is_installed, output, run_twice, succeeds};

/// What compiling needs. The list was found on a bare system; Tauri's own is longer.
const BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];
/// What the window tests need: a screen without a monitor, a driver for the page, one for dialogs.
/// Then Python, which runs other people's SCIM clients against the server.
const TEST: &[&str] = &["xvfb", "webkit2gtk-driver", "xdotool", "python3-venv"];

/// Programs that stand for [`TEST`] where packages have other names.
const TEST_PROGRAMS: &[&str] = &["Xvfb", "WebKitWebDriver", "xdotool", "python3"];

/// How far the machine is made ready.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Build,
    BuildAndTest,
}

/// Systems that call their packages the same.
#[derive(Debug, PartialEq, Eq)]
enum Family {
    Debian,
    Fedora,
    Arch,
    OtherLinux,
    MacOs,
    Windows,
}

/// Makes sure that the packages are there, or says what to do.
pub(crate) fn ensure(extent: Extent) -> Result<(), String> {
    let family = family();
    match family {
        Family::Debian => ensure_debian(extent),
        Family::MacOs | Family::Windows => {
            // This program was compiled here, so the compiler and linker are in place already.
            println!("{}", advice(&family));
            Ok(())
        }
        Family::Fedora | Family::Arch | Family::OtherLinux => {
            if has_libraries() && (extent == Extent::Build || has_test_programs()) {
                return Ok(());
            }
            Err(advice(&family).to_owned())
        }
    }
}

fn ensure_debian(extent: Extent) -> Result<(), String> {
    let wanted = match extent {
        Extent::Build => BUILD.to_vec(),
        Extent::BuildAndTest => [BUILD, TEST].concat(),
    };
    let mut query = vec!["-W", "-f", "${Package} ${db:Status-Status}\n"];
    query.extend(&wanted);
    // Packages it has never heard of are an error to dpkg-query; those it knows are listed anyway.
    let listing = output("dpkg-query", &query).unwrap_or_default();
    let missing = missing(&wanted, &listing);
    if missing.is_empty() {
        println!("All {} system packages are installed.", wanted.len());
        return Ok(());
    }
    println!("Missing system packages: {}.", missing.join(", "));
    let install = ["install", "-y", "--no-install-recommends"];
    let installed = run_twice(|| apt_get(&["update"]))
        .and_then(|()| run_twice(|| apt_get(&[&install[..], &missing].concat())));
    installed.map_err(|message| {
        format!(
            "{message} Install them by hand: apt-get install --no-install-recommends {}",
            missing.join(" ")
        )
    })
}

/// The wanted packages that a `dpkg-query` listing of `name status` lines does not call installed.
fn missing<'a>(wanted: &[&'a str], listing: &str) -> Vec<&'a str> {
    let is_listed = |name: &str| {
        let mut rows = listing.lines().filter_map(|line| line.split_once(' '));
        rows.any(|(package, status)| package == name && status.trim() == "installed")
    };
    wanted.iter().copied().filter(|name| !is_listed(name)).collect()
}

/// `apt-get` that asks nothing, with the rights to install.
fn apt_get(arguments: &[&str]) -> Command {
    let mut words = Vec::new();
    if !is_root() {
        words.push("sudo");
        // Without a terminal nobody can type a password: fail at once and say so.
        if !std::io::stdin().is_terminal() {
            words.push("-n");
        }
    }
    words.extend([
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=300",
        "-q",
    ]);
    words.extend(arguments);
    let mut words = words.into_iter();
    let mut command = Command::new(words.next().unwrap_or("apt-get"));
    command.args(words).stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    output("id", &["-u"]).is_some_and(|user| user.trim() == "0")
}

fn has_libraries() -> bool {
    succeeds(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1", "gtk+-3.0"]))
}

fn has_test_programs() -> bool {
    TEST_PROGRAMS.iter().all(|program| is_installed(program))
}

fn family() -> Family {
    if cfg!(target_os = "macos") {
        Family::MacOs
    } else if cfg!(windows) {
        Family::Windows
    } else {
        family_of(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }
}

/// Reads the family from the text of `os-release`: its own name first, then what it is like.
fn family_of(os_release: &str) -> Family {
    let value = |key: &str| {
        let mut lines = os_release.lines();
        lines
            .find_map(|line| line.strip_prefix(key))
            .unwrap_or_default()
            .trim_matches('"')
    };
    let mut names = value("ID=").split(' ').chain(value("ID_LIKE=").split(' '));
    names
        .find_map(|name| match name {
            "debian" | "ubuntu" => Some(Family::Debian),
            "fedora" | "rhel" => Some(Family::Fedora),
            "arch" => Some(Family::Arch),
            _ => None,
        })
        .unwrap_or(Family::OtherLinux)
}

/// What to install where this program does not do it.
fn advice(family: &Family) -> &'static str {
    match family {
        Family::Debian => "Needed: build-essential, pkg-config and libwebkit2gtk-4.1-dev.",
        Family::Fedora => {
            "Some packages are missing. Install them: sudo dnf install gcc pkgconf-pkg-config \
             webkit2gtk4.1-devel; the tests also need the programs Xvfb, WebKitWebDriver, xdotool and python3."
        }
        Family::Arch => {
            "Some packages are missing. Install them: sudo pacman -S --needed base-devel webkit2gtk-4.1; \
             the tests also need the programs Xvfb, WebKitWebDriver, xdotool and python3."
        }
        Family::OtherLinux => {
            "Some packages are missing. Install a C compiler, pkg-config and the development files of \
             WebKitGTK 4.1; the tests also need Xvfb, WebKitWebDriver, xdotool and python3."
        }
        Family::MacOs => {
            "On macOS nothing but the Xcode command line tools is needed (xcode-select --install)."
        }
        Family::Windows => {
            "On Windows the Visual Studio C++ build tools and the WebView2 runtime are needed; \
             Windows 11 has the latter."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Family, family_of, missing};

    #[test]
    fn only_installed_packages_count_as_there() {
        let listing = "pkg-config installed\nxvfb not-installed\nxdotool config-files\n";
        let wanted = ["pkg-config", "xvfb", "xdotool", "webkit2gtk-driver"];
        assert_eq!(
            missing(&wanted, listing),
            ["xvfb", "xdotool", "webkit2gtk-driver"]
        );
        assert_eq!(missing(&wanted, ""), wanted, "dpkg-query said nothing");
        assert_eq!(missing(&["pkg-config"], "pkg-config installed"), [""; 0]);
    }

    #[test]
    fn a_package_is_not_taken_for_one_with_a_longer_name() {
        assert_eq!(missing(&["xvfb"], "xvfb-run installed\n"), ["xvfb"]);
    }

    #[test]
    fn a_system_is_known_by_its_name_or_by_what_it_is_like() {
        let check = |text: &str, expected: Family| assert_eq!(family_of(text), expected, "for {text:?}");
        check("NAME=\"Debian GNU/Linux\"\nID=debian\n", Family::Debian);
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", Family::Debian);
        check("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", Family::Fedora);
        check("ID=manjaro\nID_LIKE=arch\n", Family::Arch);
        check("ID=nixos\n", Family::OtherLinux);
        check("", Family::OtherLinux);
    }
}
