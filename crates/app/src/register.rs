//! The register that is open: the value that every page asks.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jiff::tz::Offset;
use ledger::signed::Keeper;
use ledger::tree::Tree;
use plan::FoundFigure;
use store::{Known, Reading, Store, Writing};
use terms::{Date, IndicatorCode, RefArea, Timestamp};

use crate::Error;
use crate::consistency::Board;
use crate::reference::{Reference, Texts};
use crate::session::SessionLimits;
use crate::single_sign_on::SingleSignOn;
use crate::view::{Bilingual, IndicatorName, UnitName};

pub use ledger::Head;

/// The province that the pages are of.
pub const PROVINCE: RefArea = RefArea::from_static("VN-11");

/// The open register. Clones share it.
#[derive(Debug, Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    store: Store,
    reference: RwLock<Arc<Lists>>,
    head: RwLock<Head>,
    shown: RwLock<Head>,
    clock: fn() -> Timestamp,
    session_limits: RwLock<SessionLimits>,
    single_sign_on: OnceLock<Arc<SingleSignOn>>,
    second_factor: AtomicBool,
    pub(crate) path: PathBuf,
    pub(crate) keeper: OnceLock<Keeper>,
    pub(crate) tree: tokio::sync::Mutex<Tree>,
    /// Offices, posts and holders, as of their last change.
    pub(crate) directory: RwLock<crate::directory::Kept>,
    /// The cube of values and figures, as of the last act that somebody asked after.
    pub(crate) held: tokio::sync::Mutex<Option<crate::held::Held>>,
    /// The backtests of its series.
    pub(crate) backtests: tokio::sync::Mutex<crate::calibration::Tested>,
    /// What does not agree, as of a head: every page that shows a number asks for it.
    pub(crate) found: RwLock<Option<Arc<Board>>>,
    /// Whether a task is looking at many values just now.
    pub(crate) looking: AtomicBool,
    /// Odd while pages show the findings of before meanwhile; goes on by one at each beginning and end.
    pub(crate) behind: AtomicU64,
}

/// The lists, and the reader of figures that is made of them when the first document comes.
#[derive(Debug)]
pub(crate) struct Lists {
    pub(crate) reference: Reference,
    reader: OnceLock<Result<figures::Reader, figures::Error>>,
}

impl App {
    /// Opens the register at `path`, and makes an empty one where there is none.
    ///
    /// # Errors
    /// [`Error::Store`]; [`Error::Invalid`] where a list that was loaded cannot be used any more.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        Self::open_with_clock(path, Timestamp::now).await
    }

    /// As [`App::open`], with a clock of one's own: for tests, which must not depend on the day.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_with_clock(path: &Path, clock: fn() -> Timestamp) -> Result<Self, Error> {
        let store = Store::open(path).await?;
        let mut reading = store.read().await?;
        let head = reading.head().await?;
        let shown = reading.shown_head().await?;
        let lists = Lists::load(&mut reading).await?;
        drop(reading);
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                reference: RwLock::new(Arc::new(lists)),
                head: RwLock::new(head),
                shown: RwLock::new(shown),
                clock,
                session_limits: RwLock::default(),
                single_sign_on: OnceLock::new(),
                second_factor: AtomicBool::new(false),
                path: path.to_owned(),
                keeper: OnceLock::new(),
                tree: tokio::sync::Mutex::default(),
                directory: RwLock::default(),
                held: tokio::sync::Mutex::default(),
                backtests: tokio::sync::Mutex::default(),
                found: RwLock::default(),
                looking: AtomicBool::new(false),
                behind: AtomicU64::new(0),
            }),
        })
    }

    /// Closes the database. Other clones cannot be used afterwards.
    pub async fn close(self) {
        self.inner.store.clone().close().await;
    }

    /// The last entry, without asking the database: pages of the same head show the same.
    pub fn head(&self) -> Head {
        *self.inner.head.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last entry that any public page can show, without asking the database: what is computed for everybody holds
    /// while this does.
    pub fn shown(&self) -> Head {
        *self.inner.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks whether another process has recorded anything, and answers with the head.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn refresh(&self) -> Result<Head, Error> {
        let mut reading = self.reading().await?;
        let head = reading.head().await?;
        if head != self.head() {
            let lists = Lists::load(&mut reading).await?;
            *self
                .inner
                .reference
                .write()
                .unwrap_or_else(PoisonError::into_inner) = Arc::new(lists);
            let shown = reading.shown_head().await?;
            set(&self.inner.head, head);
            set(&self.inner.shown, shown);
        }
        Ok(head)
    }

    /// From now on acts that approve or administrate need a second factor, or not: a matter of configuration.
    pub fn require_second_factor(&self, required: bool) {
        self.inner.second_factor.store(required, Ordering::Relaxed);
    }

    /// Whether acts that approve or administrate need a second factor.
    pub fn requires_second_factor(&self) -> bool {
        self.inner.second_factor.load(Ordering::Relaxed)
    }

    /// From now on sessions are good so long: a matter of configuration.
    pub fn limit_sessions(&self, limits: SessionLimits) {
        *self
            .inner
            .session_limits
            .write()
            .unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// How long sessions are good.
    pub fn session_limits(&self) -> SessionLimits {
        *self
            .inner
            .session_limits
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on people may sign in by the province's directory, as the configuration says; the first one stays.
    pub fn sign_on_by(&self, directory: SingleSignOn) {
        let _ = self.inner.single_sign_on.set(Arc::new(directory));
    }

    pub(crate) fn single_sign_on(&self) -> Option<Arc<SingleSignOn>> {
        self.inner.single_sign_on.get().map(Arc::clone)
    }

    /// Overwrites what was deleted in the database's files.
    pub(crate) async fn fold(&self) -> Result<(), Error> {
        Ok(self.inner.store.fold().await?)
    }

    /// Whether nothing was ever recorded.
    pub fn is_new(&self) -> bool {
        self.head() == Head::EMPTY
    }

    /// Today in Việt Nam, which has one time, UTC+7, all year.
    pub fn today(&self) -> Date {
        day_in_vietnam(self.now())
    }

    /// The names of all indicators, in the order of the catalogue.
    pub fn indicator_names(&self) -> Vec<IndicatorName> {
        let lists = self.lists();
        lists
            .reference
            .indicators
            .iter()
            .map(|indicator| lists.reference.indicator_name(&indicator.code))
            .collect()
    }

    /// The names of the scopes that many papers use, in both languages.
    pub fn scope_names(&self) -> Vec<Bilingual> {
        let lists = self.lists();
        let scopes = lists.reference.scopes().iter();
        scopes
            .map(|scope| Bilingual {
                vi: scope.name_vi.clone(),
                en: scope.name_en.clone(),
            })
            .collect()
    }

    /// The name of an indicator of the catalogue.
    pub fn indicator_name(&self, code: &IndicatorCode) -> Option<IndicatorName> {
        let lists = self.lists();
        lists
            .reference
            .indicator(code)
            .map(|_| lists.reference.indicator_name(code))
    }

    /// The name of a unit; of a place without a code, its plain name.
    pub fn unit_name(&self, code: &RefArea) -> UnitName {
        self.lists().reference.unit_name(code)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    pub(crate) fn lists(&self) -> Arc<Lists> {
        Arc::clone(
            &self
                .inner
                .reference
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) async fn reading(&self) -> Result<Reading, Error> {
        Ok(self.inner.store.read().await?)
    }

    pub(crate) async fn writing(&self) -> Result<Writing, Error> {
        Ok(self.inner.store.write().await?)
    }

    /// Makes a transaction durable, and lets all pages know.
    pub(crate) async fn commit(&self, writing: Writing) -> Result<(), Error> {
        let shown = writing.shown();
        let head = writing.commit().await?;
        set(&self.inner.head, head);
        if let Some(shown) = shown {
            set(&self.inner.shown, shown);
        }
        Ok(())
    }

    /// Reads the lists anew, after a commit that loaded some.
    pub(crate) async fn reload_lists(&self) -> Result<(), Error> {
        let lists = Lists::load(&mut self.reading().await?).await?;
        *self
            .inner
            .reference
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(lists);
        Ok(())
    }
}

/// Goes on to a later head; two writers may come here in another order than they committed.
fn set(now: &RwLock<Head>, head: Head) {
    let mut now = now.write().unwrap_or_else(PoisonError::into_inner);
    if now.number < head.number {
        *now = head;
    }
}

impl Lists {
    async fn load(reading: &mut Reading) -> Result<Self, Error> {
        let mut texts = Texts::embedded();
        for (list, _, sha256) in reading.catalogues().await? {
            let bytes = reading
                .bytes(sha256)
                .await?
                .ok_or(Error::NotFound { what: "catalogue" })?;
            texts.set(list, bytes);
        }
        let reference = Reference::new(texts).map_err(Error::Invalid)?;
        reference.name_departments(&reading.org().await?.departments);
        Ok(Self {
            reference,
            reader: OnceLock::new(),
        })
    }

    /// The figures of a text. The first call makes the reader.
    pub(crate) fn figures(&self, text: &figures::Text<'_>) -> Result<Vec<FoundFigure>, Error> {
        let reader = self.reader.get_or_init(|| {
            let text = |bytes| String::from_utf8_lossy(bytes);
            figures::Reader::new(
                &text(&self.reference.texts.indicators),
                include_str!("../../../data/indicator_aliases.csv"),
                &text(&self.reference.texts.units),
            )
            .and_then(|reader| {
                let texts = &self.reference.texts;
                reader.with_former_communes(&text(&texts.units), &text(&texts.successions))
            })
        });
        let reader = reader
            .as_ref()
            .map_err(|_| Error::Machine("making the reader of figures"))?;
        let found = |figure: figures::Figure| FoundFigure {
            span: (figure.span.start, figure.span.end),
            quote: (figure.quote.start, figure.quote.end),
            candidate: plan::Candidate {
                value: figure.value,
                upper: figure.upper,
                unit: figure.unit,
                bound: figure.bound,
                measure: figure.measure,
                indicator: figure.indicator,
                period: figure.period,
                place: figure.place,
                kind: figure.kind,
            },
        };
        Ok(reader.read(text).into_iter().map(found).collect())
    }
}

/// The day that it is in Việt Nam.
pub(crate) fn day_in_vietnam(time: Timestamp) -> Date {
    Offset::constant(7).to_datetime(time).date()
}

/// The moment at which a day begins in Việt Nam; the earliest there is for days before all moments.
pub(crate) fn beginning_in_vietnam(day: Date) -> Timestamp {
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    Offset::constant(7)
        .to_timestamp(midnight)
        .unwrap_or(Timestamp::MIN)
}

/// As known at the end of a day in Việt Nam; none: now.
pub(crate) fn known_on(day: Option<Date>) -> Known {
    let end = day.and_then(|day| {
        let next = day.tomorrow().ok()?.to_datetime(jiff::civil::Time::midnight());
        Offset::constant(7).to_timestamp(next).ok()
    });
    end.map_or(Known::NOW, |end| {
        Known::at(end - jiff::SignedDuration::from_micros(1))
    })
}
