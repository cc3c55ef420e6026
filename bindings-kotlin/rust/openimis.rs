//! openIMIS's own rows and tables in, its columns, its answers and the audit out.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use adjudica::compat::audit::{Auditor, Place};
use adjudica::compat::openimis_1_11::SWITCHES;
use adjudica::wire::{self, AuditOptions, Format};
use adjudica::{Code, Error};

use crate::refused::Refused;
use crate::text::{json, text, utf8};

/// Reads a snapshot of openIMIS rows: core's snapshot document as JSON.
///
/// # Errors
/// If the text is no snapshot of exactly one claim.
#[uniffi::export]
pub fn read_snapshot(snapshot: &[u8]) -> Result<String, Refused> {
    Ok(json(&wire::read_snapshot(utf8(snapshot)?)?)?)
}

/// What openIMIS stores of a decision on a request, as JSON.
///
/// # Errors
/// If either text is no such document.
#[uniffi::export]
pub fn open_imis_columns(request: &[u8], decision: &[u8]) -> Result<String, Refused> {
    let mut out = Vec::new();
    wire::columns_json(utf8(request)?, utf8(decision)?, &mut out)?;
    Ok(text(out)?)
}

/// Texts of tables by their names, the text of the claims, and the currency.
type Tables = (BTreeMap<String, String>, Option<String>, Option<String>);

/// Reads the tables of an installation, given as the JSON of [`Tables`]: core's import document as
/// JSON.
///
/// # Errors
/// With everything that is wrong, the path naming table, row and column.
#[uniffi::export]
pub fn import_tables(tables: &[u8]) -> Result<String, Refused> {
    let (tables, claims, currency): Tables = wire::read(utf8(tables)?, Format::Json)?;
    let currency = currency.map(|code| {
        let told = "the currency is not a code such as XAF";
        Code::new(&code).ok_or_else(|| Error::new("code.invalid", "currency", told))
    });
    let imported = wire::import_tables(&tables, claims.as_deref(), currency.transpose()?)?;
    Ok(json(&imported)?)
}

/// Replays openIMIS 1.11 over a snapshot: a list of core's replayed claims as JSON. `options` is
/// core's replay options.
///
/// # Errors
/// If a text is no such document, or an amount has too many digits.
#[uniffi::export]
pub fn open_imis_replay(snapshot: &[u8], options: &[u8]) -> Result<String, Refused> {
    let mut out = Vec::new();
    wire::openimis_replay_json(utf8(snapshot)?, utf8(options)?, &mut out)?;
    Ok(text(out)?)
}

/// Says by which rules openIMIS 1.11 answers otherwise, and the money that each moves: a list of
/// core's attributed claims as JSON. `options` is core's replay options without switches.
///
/// # Errors
/// If a text is no such document, or an amount has too many digits.
#[uniffi::export]
pub fn open_imis_attribute(snapshot: &[u8], options: &[u8]) -> Result<String, Refused> {
    let mut out = Vec::new();
    wire::openimis_attribute_json(utf8(snapshot)?, utf8(options)?, &mut out)?;
    Ok(text(out)?)
}

/// Every deviation of openIMIS 1.11: core's list as JSON.
///
/// # Errors
/// If the list cannot be written.
#[uniffi::export]
pub fn open_imis_switches() -> Result<String, Refused> {
    Ok(json(&SWITCHES)?)
}

/// Where a history is audited, snapshot by snapshot.
#[derive(Debug, uniffi::Object)]
pub struct AuditDesk(Mutex<(Auditor, u32)>);

impl AuditDesk {
    fn so_far(&self) -> Result<MutexGuard<'_, (Auditor, u32)>, Error> {
        // Sums that a panic left half done are worth nothing.
        let told = "the engine failed at an earlier snapshot";
        self.0
            .lock()
            .map_err(|_| Error::new("audit.broken", "", told))
    }
}

#[uniffi::export]
impl AuditDesk {
    /// An audit of nothing yet; `options` is core's audit options.
    ///
    /// # Errors
    /// If the options are no such document.
    #[uniffi::constructor]
    pub fn begin(options: &[u8]) -> Result<Self, Refused> {
        let options: AuditOptions = wire::read(utf8(options)?, Format::Json)?;
        Ok(Self(Mutex::new((Auditor::new(options.run), 0))))
    }

    /// Takes the next snapshot. One that cannot be used is counted, and the document names it by
    /// its position, from 1; blank texts only count as positions.
    ///
    /// # Errors
    /// If the text is not UTF-8, or the engine failed at an earlier snapshot.
    pub fn take(&self, snapshot: &[u8]) -> Result<(), Refused> {
        let snapshot = utf8(snapshot)?;
        let mut audit = self.so_far()?;
        let (auditor, line) = &mut *audit;
        *line = line.saturating_add(1);
        if !snapshot.trim().is_empty() {
            let place = Place {
                file: 0,
                line: *line,
            };
            // The document names it.
            let _kept = auditor.take(place, snapshot);
        }
        Ok(())
    }

    /// Core's audit of all that was taken, as JSON.
    ///
    /// # Errors
    /// If the engine failed at a snapshot.
    pub fn finish(&self) -> Result<String, Refused> {
        let (auditor, _) = self.so_far()?.clone();
        Ok(json(&auditor.finish())?)
    }
}
