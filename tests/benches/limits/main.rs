//! What an identity provider gets of this machine: each measure beside the limit of the same
//! machine in the same run. The limits are a bare axum server that answers everything with one
//! fixed SCIM body, and sled alone with a shared flush and fdatasync doing the same writes.
//!
//! The server runs in a process of its own with its defaults: every request is logged, every
//! write is durable before it is answered. The load comes from one thread over kept-alive
//! sockets. Rounds of ours and of the limit alternate and the median counts, so that a noisy
//! machine disturbs both alike. The table goes to the terminal and to `tests/results/speed.md`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measure that cannot set itself up should say so and stop"
)]

mod alone;
mod child;
mod cycle;
mod load;
mod people;
mod rows;
mod table;

use std::time::Instant;

use rows::Bench;

/// The program's.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("--child", child)) = arguments
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    {
        return child::run(child);
    }
    // cargo says `--bench`; anything else is a part of the names of the measures to make.
    let wanted: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let began = Instant::now();
    let folder = tempfile::TempDir::new().unwrap();
    let mut bench = Bench::new(folder.path());
    for (name, measure) in rows::ALL {
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())) {
            measure(&mut bench);
        }
    }
    println!("\n{}", bench.table.markdown());
    if wanted.is_empty() {
        let file = acceptance::workspace().join("tests/results/speed.md");
        let text = format!(
            "{}\n{}\nThe run took {:.0} s on {} cores.\n",
            HEAD,
            bench.table.markdown(),
            began.elapsed().as_secs_f64(),
            std::thread::available_parallelism().unwrap(),
        );
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
}

const HEAD: &str = "# Speed

Written by `cargo xtask bench`: release build, loopback, 16 connections unless a row says
otherwise, every request logged, every write durable before its answer. \"Limit\" is a bare axum
server with one fixed body, or sled alone with a shared flush and fdatasync doing the same writes,
on the same machine in the same run.
";
