//! Several objects at once: as many threads as the persona has requests under way.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does `work` on each item and gives every result to `take`, on the caller's thread. A break ends it
/// between two items; what is under way is finished and given as well. Returns, for each item,
/// whether it was done.
pub(super) fn each<T: Sync, R: Send>(
    items: &[T],
    parallel: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> ControlFlow<()>,
) -> Vec<bool> {
    let mut done = vec![false; items.len()];
    if parallel <= 1 {
        for (item, done) in items.iter().zip(&mut done) {
            *done = true;
            if take(item, work(item)).is_break() {
                break;
            }
        }
        return done;
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        // Nobody runs ahead: what is done is taken before the next is begun.
        let (give, results) = mpsc::sync_channel(0);
        for _ in 0..parallel.min(items.len()) {
            let (give, work, next, stop) = (give.clone(), &work, &next, &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Acquire) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    if give.send((at, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(give);
        for (at, result) in results {
            let Some(item) = items.get(at) else { continue };
            if let Some(done) = done.get_mut(at) {
                *done = true;
            }
            if take(item, result).is_break() {
                stop.store(true, Ordering::Release);
            }
        }
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once_however_many_work() {
        for parallel in [1, 4, 99] {
            let items: Vec<u64> = (0..50).collect();
            let mut sum = 0;
            let done = each(
                &items,
                parallel,
                |item| item * 2,
                |_, doubled| {
                    sum += doubled;
                    ControlFlow::Continue(())
                },
            );
            assert_eq!((sum, done.iter().all(|done| *done)), (2450, true));
        }
    }

    #[test]
    fn a_break_ends_it_and_what_was_done_was_taken() {
        let items: Vec<u64> = (0..1000).collect();
        let mut taken = 0;
        let done = each(
            &items,
            4,
            |item| *item,
            |_, _| {
                taken += 1;
                ControlFlow::Break(())
            },
        );
        assert_eq!(done.iter().filter(|done| **done).count(), taken);
        assert!(taken < 1000, "{taken}");
    }
}
