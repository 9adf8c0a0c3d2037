//! How many statements an act takes: counted where the database driver tells of each, whatever the program says of itself.
//!
//! The driver works in a thread of its own and takes the span of its caller along; by that span a statement is known as one
//! of the act that is looked at, and not of another test's.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, Once, OnceLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Instrument, Metadata, Subscriber};
use tracing_core::span::Current;

const SPAN: &str = "statements of an act";

/// What is known of a span: how many hold it, and how many statements ran within.
#[derive(Default)]
struct Within {
    holders: usize,
    statements: usize,
}

static SPANS: OnceLock<Mutex<HashMap<u64, Within>>> = OnceLock::new();
static OF_SPAN: OnceLock<&'static Metadata<'static>> = OnceLock::new();
static NEXT: AtomicU64 = AtomicU64::new(1);

thread_local! {
    static WITHIN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

fn spans() -> MutexGuard<'static, HashMap<u64, Within>> {
    SPANS.get_or_init(Mutex::default).lock().unwrap()
}

/// How a statement begins, as the driver tells it.
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// Keeps nothing but how many statements ran within each span.
struct Counter;

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query" || (metadata.is_span() && metadata.name() == SPAN)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        OF_SPAN.get_or_init(|| attributes.metadata());
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        spans().entry(id).or_default().holders = 1;
        Id::from_u64(id)
    }

    fn clone_span(&self, id: &Id) -> Id {
        spans().entry(id.into_u64()).or_default().holders += 1;
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut spans = spans();
        let within = spans.entry(id.into_u64()).or_default();
        within.holders -= 1;
        within.holders == 0
    }

    fn current_span(&self) -> Current {
        match (WITHIN.with_borrow(|within| within.last().copied()), OF_SPAN.get()) {
            (Some(id), Some(metadata)) => Current::new(Id::from_u64(id), metadata),
            _ => Current::none(),
        }
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        // A connection that is opened on the way sets itself up; that is none of the act's.
        if summary.0.starts_with("PRAGMA") {
            return;
        }
        if let Some(id) = WITHIN.with_borrow(|within| within.last().copied()) {
            spans().entry(id).or_default().statements += 1;
        }
    }

    fn enter(&self, span: &Id) {
        WITHIN.with_borrow_mut(|within| within.push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        WITHIN.with_borrow_mut(|within| {
            if let Some(at) = within.iter().rposition(|id| *id == span.into_u64()) {
                within.remove(at);
            }
        });
    }
}

/// What an act answers, and how many statements it took: those that begin and end its snapshot are none.
pub(crate) async fn counted<T>(act: impl Future<Output = T>) -> (T, usize) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Counter).unwrap());
    let span = tracing::info_span!("statements of an act");
    let id = span.id().unwrap().into_u64();
    let answer = act.instrument(span).await;
    // The driver's thread tells of the last statement when it has cleared up behind it.
    while 0 < spans()[&id].holders {
        tokio::task::yield_now().await;
    }
    let told = spans().remove(&id).unwrap();
    (answer, told.statements)
}
