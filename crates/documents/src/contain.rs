//! Runs a foreign parser where its panics, deep recursion and endless loops do no harm.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

/// Why a contained computation gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It panicked.
    Panicked,
    /// It took longer than allowed; its thread is left behind and ends on its own.
    TookTooLong,
    /// No thread could be started.
    NoThread,
}

/// Threads of this name keep their panics to themselves.
const NAME: &str = "documents-contained";
/// Parsers recurse by the nesting of their input; pages of a thread's stack that are not touched cost nothing.
const STACK: usize = 128 << 20;

/// Runs `work` on a thread of its own and waits at most `time`.
pub(crate) fn run<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Lost> {
    keep_quiet();
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name(NAME.to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let done = attempt(work);
            // The receiver has given up when the time was over; nobody is left to tell.
            let _ = sender.send(done);
        })
        .map_err(|_| Lost::NoThread)?;
    match receiver.recv_timeout(time) {
        Ok(Some(done)) => Ok(done),
        Ok(None) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(Lost::Panicked),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Lost::TookTooLong),
    }
}

/// Runs `work` on this thread; none where it panicked. What it borrowed must not be used where its state matters.
pub(crate) fn attempt<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Panics on contained threads are an answer, not an accident: they are not printed.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(NAME) {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_contained() {
        let work = || -> u8 { std::hint::black_box(Vec::<u8>::new())[3] };
        assert_eq!(run(Duration::from_mins(1), work), Err(Lost::Panicked));
    }

    #[test]
    fn what_never_ends_is_left_behind() {
        let (keep, wait) = mpsc::channel::<()>();
        let endless = move || wait.recv().is_ok();
        assert_eq!(run(Duration::from_millis(1), endless), Err(Lost::TookTooLong));
        drop(keep);
    }
}
