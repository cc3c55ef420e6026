//! Claims, each with the past that the earlier claims of the file are for it.

use std::collections::BTreeSet;
use std::mem;

use serde_json::Value;

use super::columns::{
    CLAIM_ITEMS, CLAIM_SERVICES, CLAIMS, DEDREMS, FACILITIES, INSUREES, POLICIES, Spec,
};
use super::paths::Paths;
use super::people::{Family, People, Person};
use super::reader::{Reader, Row};
use super::{Ids, NotRead, Tables};
use crate::claim::Request;
use crate::code::Code;
use crate::compat::read::{Notes, claim};
use crate::compat::rows::{ClaimRow, DedRemRow, LineRow, PastClaimRow};
use crate::error::{Error, Invalid};

/// `ClaimStatus` of claims that nobody has looked at.
const ENTERED: i64 = 2;
/// `ClaimStatus` of claims that were rejected.
const REJECTED: i64 = 1;

/// A claim with the rows that its warnings are about.
struct Entry {
    row: Row,
    claim: ClaimRow,
    person: Person,
    items: Vec<Row>,
    services: Vec<Row>,
    dedrem: Vec<DedRemRow>,
}

impl Tables {
    /// One request for each current claim, in the order of the file. Earlier claims of the file are
    /// the past of later ones, as far as their status says that they were processed.
    ///
    /// # Errors
    /// Every column that is missing, every value of the wrong type and every id that leads nowhere,
    /// with table and row; or the tables with people are missing.
    pub fn requests(&mut self, claims: &str) -> Result<Vec<Request>, Invalid> {
        let Some(mut people) = self.people.take() else {
            let message = "there are no families, insurees, policies and insuree_policies";
            return Err(Error::new("table.missing", "families", message).into());
        };
        let mut entries = Vec::new();
        let mut ended = 0;
        let mut codes = BTreeSet::new();
        for row in self.reader.table(&CLAIMS, claims) {
            if row.ended() {
                ended += 1;
            } else if let Some(entry) = entry(row, &people, &self.ids, &mut codes, &mut self.reader)
            {
                entries.push(entry);
            }
        }
        let mut requests = Vec::new();
        for entry in entries {
            self.request(entry, &mut people, &mut requests);
        }
        self.people = Some(people);
        Invalid::unless_empty(mem::take(&mut self.reader.errors))?;
        if ended > 0 {
            self.unread.push(NotRead {
                table: CLAIMS.table.to_owned(),
                column: None,
                why: "rows that have ended".to_owned(),
                rows: ended,
            });
        }
        self.report.count("requests", requests.len());
        Ok(requests)
    }

    fn request(&mut self, entry: Entry, people: &mut People, requests: &mut Vec<Request>) {
        let family = people.family(&entry.person.family);
        let paths = places(&entry);
        self.trade(family);
        let mut notes = Notes::default();
        remarks(&entry, family, &mut notes);
        match claim::request(&self.snapshot.input, &entry.claim, &mut notes) {
            Ok(request) => requests.push(request),
            Err(mut error) => {
                error.path = paths.place(&error.path).unwrap_or(error.path);
                self.reader.errors.push(error);
            }
        }
        self.trade(family);
        self.warn(notes, &[&paths, &family.paths]);
        remember(entry, people);
    }

    /// Puts what belongs to the family beside the registers, or takes it back.
    fn trade(&mut self, family: &mut Family) {
        let input = &mut self.snapshot.input;
        mem::swap(&mut input.family, &mut family.row);
        mem::swap(&mut input.policies, &mut family.policies);
        mem::swap(&mut input.history, &mut family.history);
    }
}

/// Reads a claim with its lines. `codes` are the codes of the claims before it.
fn entry(
    mut row: Row,
    people: &People,
    ids: &Ids,
    codes: &mut BTreeSet<Code>,
    reader: &mut Reader,
) -> Option<Entry> {
    let item_rows = reader.inner(&CLAIM_ITEMS, "claims.items", &mut row);
    let service_rows = reader.inner(&CLAIM_SERVICES, "claims.services", &mut row);
    let dedrem_rows = reader.inner(&DEDREMS, "claims.dedrem", &mut row);
    let person = row.link("InsureeID").and_then(|id| people.person(id));
    if person.is_none() {
        reader.dangling(&row, "InsureeID", INSUREES.table);
    }
    let facility = row.link("HFID").and_then(|id| ids.facilities.get(id));
    if facility.is_none() {
        reader.dangling(&row, "HFID", FACILITIES.table);
    }
    let diagnosis = diagnosis(&row, ids, reader);
    let (items, item_rows) = lines(item_rows, &CLAIM_ITEMS, ids, reader);
    let (services, service_rows) = lines(service_rows, &CLAIM_SERVICES, ids, reader);
    let (person, facility) = (person?, facility?);
    for (field, code) in [
        ("insuree", Some(&person.code)),
        ("health_facility", Some(facility)),
        ("icd", diagnosis.as_ref()),
    ] {
        if let Some(code) = code {
            row.fields
                .insert(field.to_owned(), Value::String(code.to_string()));
        }
    }
    let mut claim = reader.typed::<ClaimRow>(&CLAIMS, &row)?;
    claim.items = items;
    claim.services = services;
    if !codes.insert(claim.code.clone()) {
        let id = row.id.as_deref().unwrap_or("again");
        claim.code = Code::new(&format!("{}#{id}", claim.code)).unwrap_or(claim.code);
        reader.warn(Error::new(
            "claim.repeated_code",
            format!("{}.ClaimCode", row.path),
            format!(
                "an earlier claim has this code; this one is named `{}`",
                claim.code
            ),
        ));
    }
    let dedrem = dedrems(dedrem_rows, &claim, people, reader);
    let person = person.clone();
    Some(Entry {
        row,
        claim,
        person,
        items: item_rows,
        services: service_rows,
        dedrem,
    })
}

/// The diagnosis: its code if there is a register, else its id.
fn diagnosis(row: &Row, ids: &Ids, reader: &mut Reader) -> Option<Code> {
    let id = row.link("ICDID")?;
    match &ids.diagnoses {
        Some(codes) => {
            let code = codes.get(id).cloned();
            if code.is_none() {
                reader.dangling(row, "ICDID", "diagnoses");
            }
            code
        }
        None => {
            let message = "there is no table `diagnoses`; the id stands for the code";
            let path = format!("{}.ICDID", row.path);
            reader.warn(Error::new("diagnosis.no_register", path, message));
            Code::new(id)
        }
    }
}

fn lines(rows: Vec<Row>, spec: &Spec, ids: &Ids, reader: &mut Reader) -> (Vec<LineRow>, Vec<Row>) {
    let (to, field, codes) = if spec.table == CLAIM_ITEMS.table {
        ("ItemID", "item", &ids.items)
    } else {
        ("ServiceID", "service", &ids.services)
    };
    let mut lines = Vec::new();
    let mut kept = Vec::new();
    for mut row in rows {
        let Some(code) = row.link(to).and_then(|id| codes.get(id)) else {
            reader.dangling(&row, to, spec.table);
            continue;
        };
        row.fields
            .insert(field.to_owned(), Value::String(code.to_string()));
        if let Some(line) = reader.typed::<LineRow>(spec, &row) {
            lines.push(line);
            kept.push(row);
        }
    }
    (lines, kept)
}

fn dedrems(
    rows: Vec<Row>,
    claim: &ClaimRow,
    people: &People,
    reader: &mut Reader,
) -> Vec<DedRemRow> {
    let mut read = Vec::new();
    for mut row in rows {
        let person = row.link("InsureeID").and_then(|id| people.person(id));
        if person.is_none() {
            reader.dangling(&row, "InsureeID", INSUREES.table);
        }
        let policy = row
            .link("PolicyID")
            .filter(|id| people.has_policy(id))
            .map(str::to_owned);
        if policy.is_none() {
            reader.dangling(&row, "PolicyID", POLICIES.table);
        }
        let (Some(person), Some(policy)) = (person, policy) else {
            continue;
        };
        for (field, text) in [
            ("policy", policy),
            ("insuree", person.code.to_string()),
            ("claim", claim.code.to_string()),
        ] {
            row.fields.insert(field.to_owned(), Value::String(text));
        }
        read.extend(reader.typed::<DedRemRow>(&DEDREMS, &row));
    }
    read
}

/// The rows behind the paths of a claim.
fn places(entry: &Entry) -> Paths {
    let mut paths = Paths::default();
    paths.add("input.claim".to_owned(), &entry.row, &CLAIMS);
    paths.add(
        "input.family.members".to_owned(),
        &entry.person.row,
        &INSUREES,
    );
    line_places(&mut paths, "input.claim", entry);
    paths
}

fn line_places(paths: &mut Paths, claim: &str, entry: &Entry) {
    for (at, row) in entry.items.iter().enumerate() {
        paths.add(format!("{claim}.items[{at}]"), row, &CLAIM_ITEMS);
    }
    for (at, row) in entry.services.iter().enumerate() {
        paths.add(format!("{claim}.services[{at}]"), row, &CLAIM_SERVICES);
    }
}

/// What should be known before this claim is decided.
fn remarks(entry: &Entry, family: &Family, notes: &mut Notes) {
    let claim = &entry.claim;
    if claim.status == Some(REJECTED) {
        let reason = entry.row.fields.get("RejectionReason");
        let reason = reason.map_or_else(|| "no reason".to_owned(), |r| format!("reason {r}"));
        notes.add(
            "claim.rejected_before",
            "input.claim.status".to_owned(),
            format!("the claim was rejected ({reason}); it is adjudicated anew"),
        );
    }
    if family.entered.contains(&claim.insuree) {
        notes.add(
            "history.entered_only",
            "input.claim".to_owned(),
            "an earlier claim of this person is entered only, and no part of this one's past",
        );
    }
}

/// Makes the claim part of the past of the claims that follow.
fn remember(entry: Entry, people: &mut People) {
    let family = people.family(&entry.person.family);
    let at = family.history.claims.len();
    let path = format!("input.history.claims[{at}]");
    family.paths.add(path.clone(), &entry.row, &CLAIMS);
    line_places(&mut family.paths, &path, &entry);
    let claim = entry.claim;
    let status = claim.status.unwrap_or(ENTERED);
    if status == ENTERED {
        family.entered.push(claim.insuree.clone());
    }
    family.history.claims.push(PastClaimRow {
        reference: claim.code,
        insuree: claim.insuree,
        status,
        category: claim.category,
        date_from: claim.date_from,
        date_to: claim.date_to,
        date_claimed: claim.date_claimed,
        validity_to: None,
        items: claim.items,
        services: claim.services,
    });
    for dedrem in entry.dedrem {
        if let Some(holder) = people.holder(&dedrem.policy) {
            holder.history.dedrems.push(dedrem);
        }
    }
}
