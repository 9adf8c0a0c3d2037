//! The form as a workbook: taken out, filled in, handed in again; all of it or nothing.

use exchange::sheet::{SheetForm, SheetLine};
use plan::report::ReportKey;
use terms::{Diagnostic, Language, Place};

use super::{SaveReport, SavedReport, Standing};
use crate::policy::Action;
use crate::{Actor, App, Error};

impl App {
    /// The form as a workbook, with what is filled in already; its file name comes first.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn report_sheet(
        &self,
        actor: &Actor,
        key: &ReportKey,
        language: Language,
    ) -> Result<(String, Vec<u8>), Error> {
        actor.require_for(Action::ReadReports, &key.office)?;
        let form = self.report_form(actor, key).await?;
        let say = |message: &str| i18n::message(language, message, &[]).unwrap_or_default();
        let sheet = SheetForm {
            key: sheet_key(key),
            sheet: say("report-sheet-name"),
            title: format!(
                "{} · {} · {}",
                form.regime.name.name.get(language),
                i18n::date::period(language, key.period),
                form.office.name.get(language),
            ),
            note: say("report-sheet-note"),
            headings: [
                "report-column-line",
                "report-column-unit",
                "report-column-last",
                "report-column-value",
                "report-column-explanation",
            ]
            .map(say),
            lines: form
                .lines
                .iter()
                .map(|line| SheetLine {
                    code: line.indicator.code.clone(),
                    name: line.indicator.name.get(language).to_owned(),
                    unit: i18n::unit_name(language, &line.unit),
                    last: line
                        .last
                        .map(|last| i18n::number(language, last))
                        .unwrap_or_default(),
                    value: line.text.clone(),
                    number: line.value,
                    explanation: line.explanation.clone(),
                })
                .collect(),
        };
        let bytes = exchange::sheet::write(&sheet).map_err(|_| Error::Machine("writing a workbook"))?;
        Ok((
            format!("{}_{}_{}.xlsx", key.regime, key.period, key.office.area),
            bytes,
        ))
    }

    /// Takes a filled workbook: every line of it, or nothing where one cell cannot be taken.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every fault at its cell (see [`exchange::sheet::read`]; `sheet-value` where what stands in
    /// a cell is no number, or two); else as [`App::save_report`].
    pub async fn save_report_sheet(
        &self,
        actor: &Actor,
        key: &ReportKey,
        seen: u64,
        file: (&str, Vec<u8>),
    ) -> Result<SavedReport, Error> {
        actor.require_for(Action::FillReport, &key.office)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let standing = Standing::load(&mut reading, &lists.reference, key).await?;
        drop(reading);
        super::unlocked(&standing, key, self.today())?;
        let lines: Vec<_> = standing.regime.indicators().cloned().collect();
        let (name, bytes) = (file.0.to_owned(), file.1);
        let expected = sheet_key(key);
        let (filled, mut wrong) =
            tokio::task::spawn_blocking(move || exchange::sheet::read(&name, &bytes, &expected, &lines))
                .await
                .map_err(|_| Error::Machine("reading a workbook"))?;
        // Every fault at once: whoever mends a sheet mends it once.
        let form = standing.regime.form(plan::report::Values::new());
        let (_, unread) = form.read(&filled.values);
        for finding in unread {
            let cell = filled.cells.get(&finding.indicator).cloned().unwrap_or_default();
            if wrong
                .iter()
                .all(|known| known.place.column.as_ref() != Some(&cell))
            {
                let place = Place::file(file.0).column(cell);
                let found = filled.values.get(&finding.indicator).cloned().unwrap_or_default();
                wrong.push(Diagnostic::error("sheet-value", place).with("found", found));
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let report = SaveReport {
            regime: key.regime.clone(),
            period: key.period,
            office: key.office.clone(),
            values: filled.values,
            explanations: filled.explanations,
            seen,
            operation: None,
            device: None,
        };
        self.save_report(actor, &report).await
    }
}

/// What a workbook says about which report it is.
fn sheet_key(key: &ReportKey) -> [String; 3] {
    [
        key.regime.to_string(),
        key.period.to_string(),
        key.office.to_string(),
    ]
}
