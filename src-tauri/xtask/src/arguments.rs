//! What the person asked for.

/// The text of `cargo xtask help`.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask <command>

  run [--release] [-- ARGUMENTS]  Build everything that changed and start SCIM Desk.
  test [FILTER]                   Run the whole check; with FILTER, only the Rust tests whose name holds it.
  fuzz [TARGET] [--seconds N]     Throw made-up input at one fuzz target or at all, for ten minutes or N seconds each.
  soak [--minutes N]              Keep the server under load for half an hour or N minutes and watch its memory and disk.
  bench [FILTER]                  Measure; with FILTER, only the benchmarks whose name holds it.
  bundle                          Make the Debian package.
  setup                           Install what the other commands need, and nothing else.
  help                            Show this text.

Examples:
  cargo xtask run
  cargo xtask run -- serve --listen 127.0.0.1:8080
  cargo xtask test tokens";

/// How long a fuzz target runs if nobody says otherwise, in seconds.
const FUZZ_SECONDS: u32 = 600;

/// How long `soak` runs if nobody says otherwise.
const SOAK_MINUTES: u32 = 30;

/// One command, understood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Run { release: bool, arguments: Vec<String> },
    Test { filter: Option<String> },
    Fuzz { target: Option<String>, seconds: u32 },
    Bench { filter: Option<String> },
    Soak { minutes: u32 },
    Bundle,
    Setup,
    Help,
}

/// Reads the arguments that follow `cargo xtask`.
pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Request, String> {
    let mut rest = arguments.into_iter();
    let Some(command) = rest.next() else {
        return Ok(Request::Help);
    };
    let rest: Vec<String> = rest.collect();
    match command.as_str() {
        "run" => parse_run(rest),
        "test" => Ok(Request::Test {
            filter: parse_filter("test", rest)?,
        }),
        "fuzz" => parse_fuzz(rest),
        "bench" => Ok(Request::Bench {
            filter: parse_filter("bench", rest)?,
        }),
        "soak" => parse_soak(&rest),
        "bundle" => parse_nothing("bundle", &rest, Request::Bundle),
        "setup" => parse_nothing("setup", &rest, Request::Setup),
        "help" | "--help" | "-h" => Ok(Request::Help),
        other => Err(format!("there is no command `{other}`.\n\n{USAGE}")),
    }
}

fn parse_run(rest: Vec<String>) -> Result<Request, String> {
    let mut release = false;
    let mut rest = rest.into_iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--release" => release = true,
            "--" => {
                return Ok(Request::Run {
                    release,
                    arguments: rest.collect(),
                });
            }
            other => {
                return Err(format!(
                    "`run` does not know `{other}`; SCIM Desk's own arguments follow `--`."
                ));
            }
        }
    }
    Ok(Request::Run {
        release,
        arguments: Vec::new(),
    })
}

fn parse_fuzz(rest: Vec<String>) -> Result<Request, String> {
    let (mut target, mut seconds) = (None, FUZZ_SECONDS);
    let mut rest = rest.into_iter();
    while let Some(argument) = rest.next() {
        if argument == "--seconds" {
            let number = rest
                .next()
                .and_then(|number| number.parse().ok())
                .filter(|number| *number > 0);
            seconds = number.ok_or("`--seconds` is followed by a whole number above 0.")?;
        } else if argument.starts_with('-') || target.is_some() {
            return Err(format!(
                "`fuzz` takes one target and `--seconds N`, and does not know `{argument}`."
            ));
        } else {
            target = Some(argument);
        }
    }
    Ok(Request::Fuzz { target, seconds })
}

fn parse_soak(rest: &[String]) -> Result<Request, String> {
    let minutes = match rest {
        [] => Some(SOAK_MINUTES),
        [option, number] if option == "--minutes" => number.parse().ok().filter(|number| *number > 0),
        _ => None,
    };
    let minutes = minutes.ok_or("`soak` takes `--minutes N`, a whole number above 0, and nothing else.")?;
    Ok(Request::Soak { minutes })
}

fn parse_filter(command: &str, rest: Vec<String>) -> Result<Option<String>, String> {
    let mut rest = rest.into_iter();
    let filter = rest.next();
    if filter.as_ref().is_some_and(|text| text.starts_with('-')) || rest.next().is_some() {
        return Err(format!(
            "`{command}` takes at most one word, a part of the name to look for."
        ));
    }
    Ok(filter)
}

fn parse_nothing(command: &str, rest: &[String], request: Request) -> Result<Request, String> {
    match rest.first() {
        None => Ok(request),
        Some(extra) => Err(format!("`{command}` takes no arguments, and `{extra}` is one.")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, parse};

    fn check(line: &str, expected: &Request) {
        let actual = parse(line.split_whitespace().map(str::to_owned));
        assert_eq!(actual.as_ref(), Ok(expected), "for `{line}`");
    }

    fn check_refused(line: &str, part: &str) {
        let message = parse(line.split_whitespace().map(str::to_owned)).unwrap_err();
        assert!(message.contains(part), "for `{line}`: {message}");
    }

    #[test]
    fn every_command_is_understood() {
        check("", &Request::Help);
        check("--help", &Request::Help);
        check("setup", &Request::Setup);
        check("bundle", &Request::Bundle);
        check("test", &Request::Test { filter: None });
        check(
            "test tokens",
            &Request::Test {
                filter: Some("tokens".to_owned()),
            },
        );
        check("bench", &Request::Bench { filter: None });
        check(
            "bench plan",
            &Request::Bench {
                filter: Some("plan".to_owned()),
            },
        );
    }

    #[test]
    fn fuzzing_takes_a_target_and_a_time() {
        let fuzz = |target: Option<&str>, seconds| Request::Fuzz {
            target: target.map(str::to_owned),
            seconds,
        };
        check("fuzz", &fuzz(None, 600));
        check("fuzz filter", &fuzz(Some("filter"), 600));
        check("fuzz filter --seconds 30", &fuzz(Some("filter"), 30));
        check("fuzz --seconds 30", &fuzz(None, 30));
        check_refused("fuzz --seconds", "a whole number");
        check_refused("fuzz --seconds 0", "a whole number");
        check_refused("fuzz filter path", "`path`");
        check_refused("fuzz --fast", "`--fast`");
    }

    #[test]
    fn a_soak_takes_a_time() {
        check("soak", &Request::Soak { minutes: 30 });
        check("soak --minutes 5", &Request::Soak { minutes: 5 });
        check_refused("soak --minutes", "a whole number");
        check_refused("soak --minutes 0", "a whole number");
        check_refused("soak 5", "`--minutes N`");
    }

    #[test]
    fn the_applications_arguments_follow_two_dashes() {
        let arguments = vec!["serve".to_owned(), "--release".to_owned()];
        check(
            "run",
            &Request::Run {
                release: false,
                arguments: vec![],
            },
        );
        check(
            "run --release",
            &Request::Run {
                release: true,
                arguments: vec![],
            },
        );
        check(
            "run -- serve --release",
            &Request::Run {
                release: false,
                arguments,
            },
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        check_refused("fly", "`fly`");
        check_refused("run serve", "`serve`");
        check_refused("test one two", "at most one word");
        check_refused("test --nocapture", "at most one word");
        check_refused("bundle rpm", "`rpm`");
    }
}
