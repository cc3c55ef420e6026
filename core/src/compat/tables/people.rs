//! Families with their members, policies and what happened to them so far.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Ids;
use super::columns::{FAMILIES, INSUREES, MEMBERSHIPS, POLICIES, PRODUCTS};
use super::paths::Paths;
use super::reader::{Reader, Row};
use crate::code::Code;
use crate::compat::rows::{FamilyRow, HistoryRows, InsureeRow, MembershipRow, PolicyRow};
use crate::error::Error;

/// Everybody, by family.
#[derive(Debug, Default)]
pub(super) struct People {
    families: BTreeMap<Key, Family>,
    persons: BTreeMap<String, Person>,
    /// Which family has which policy.
    policies: BTreeMap<String, Key>,
}

/// A family by its id, or a person of no family by theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Family(String),
    Alone(String),
}

/// A person.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub code: Code,
    pub family: Key,
    pub row: Row,
}

/// What a claim of one of its members depends on.
#[derive(Debug, Default)]
pub(super) struct Family {
    pub row: FamilyRow,
    pub policies: Vec<PolicyRow>,
    /// Earlier claims of the claims file.
    pub history: HistoryRows,
    pub paths: Paths,
    /// Persons with an earlier claim that is entered only.
    pub entered: Vec<Code>,
}

impl People {
    /// From the rows of families, insurees, policies and memberships.
    pub fn new(rows: [Vec<Row>; 4], ids: &Ids, reader: &mut Reader) -> Self {
        let [families, insurees, policies, memberships] = rows;
        let mut people = Self::default();
        for row in families {
            let typed = reader.typed::<FamilyRow>(&FAMILIES, &row);
            if let (Some(id), Some(typed)) = (reader.own_id(&row, &FAMILIES), typed) {
                let family = Family {
                    row: typed,
                    ..Family::default()
                };
                people.families.insert(Key::Family(id), family);
            }
        }
        for row in insurees {
            people.insuree(row, reader);
        }
        let mut held = BTreeMap::new();
        for row in policies {
            people.policy(row, ids, &mut held, reader);
        }
        for row in memberships {
            people.membership(row, &held, reader);
        }
        people
    }

    fn insuree(&mut self, row: Row, reader: &mut Reader) {
        let typed = reader.typed::<InsureeRow>(&INSUREES, &row);
        let (Some(id), Some(mut insuree)) = (reader.own_id(&row, &INSUREES), typed) else {
            return;
        };
        let family = match row.link("FamilyID").map(|id| Key::Family(id.to_owned())) {
            Some(key) if self.families.contains_key(&key) => key,
            Some(_) => {
                // Exports leave out rows that have ended; so may the family have.
                reader.warn(Error::new(
                    "family.unknown",
                    format!("{}.FamilyID", row.path),
                    "there is no such family; the person is read as one of no current family",
                ));
                Key::Alone(id.clone())
            }
            None => Key::Alone(id.clone()),
        };
        insuree.in_family = Some(matches!(family, Key::Family(_)));
        let person = Person {
            code: insuree.chf_id.clone(),
            family: family.clone(),
            row,
        };
        self.families
            .entry(family)
            .or_default()
            .row
            .members
            .push(insuree);
        self.persons.insert(id, person);
    }

    /// `held` tells where the policy stands: its family and position there.
    fn policy(
        &mut self,
        mut row: Row,
        ids: &Ids,
        held: &mut BTreeMap<String, (Key, usize)>,
        reader: &mut Reader,
    ) {
        let Some(id) = reader.own_id(&row, &POLICIES) else {
            return;
        };
        let product = row.link("ProdID").and_then(|id| ids.products.get(id));
        if product.is_none() {
            reader.dangling(&row, "ProdID", PRODUCTS.table);
        }
        let key = row.link("FamilyID").map(|id| Key::Family(id.to_owned()));
        let key = key.filter(|key| self.families.contains_key(key));
        if key.is_none() {
            reader.dangling(&row, "FamilyID", FAMILIES.table);
        }
        let (Some(product), Some(key)) = (product, key) else {
            return;
        };
        row.fields
            .insert("ref".to_owned(), Value::String(id.clone()));
        row.fields
            .insert("product".to_owned(), Value::String(product.to_string()));
        let Some(policy) = reader.typed::<PolicyRow>(&POLICIES, &row) else {
            return;
        };
        let family = self.families.entry(key.clone()).or_default();
        let at = family.policies.len();
        family
            .paths
            .add(format!("input.policies[{at}]"), &row, &POLICIES);
        family.policies.push(policy);
        self.policies.insert(id.clone(), key.clone());
        held.insert(id, (key, at));
    }

    fn membership(
        &mut self,
        mut row: Row,
        held: &BTreeMap<String, (Key, usize)>,
        reader: &mut Reader,
    ) {
        let person = row.link("InsureeId").and_then(|id| self.persons.get(id));
        if person.is_none() {
            reader.dangling(&row, "InsureeId", INSUREES.table);
        }
        let place = row.link("PolicyId").and_then(|id| held.get(id));
        if place.is_none() {
            reader.dangling(&row, "PolicyId", POLICIES.table);
        }
        let (Some(person), Some((key, at))) = (person, place) else {
            return;
        };
        row.fields
            .insert("insuree".to_owned(), Value::String(person.code.to_string()));
        let membership = reader.typed::<MembershipRow>(&MEMBERSHIPS, &row);
        let family = self.families.get_mut(key);
        let policy = family.and_then(|family| family.policies.get_mut(*at));
        if let (Some(policy), Some(membership)) = (policy, membership) {
            policy.insuree_policies.push(membership);
        }
    }

    /// A person by the id of the row.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.persons.get(id)
    }

    /// Is there such a policy?
    pub fn has_policy(&self, id: &str) -> bool {
        self.policies.contains_key(id)
    }

    /// The family that has a policy.
    pub fn holder(&mut self, policy: &str) -> Option<&mut Family> {
        self.families.get_mut(self.policies.get(policy)?)
    }

    /// A family.
    pub fn family(&mut self, key: &Key) -> &mut Family {
        self.families.entry(key.clone()).or_default()
    }

    /// Number of families.
    pub fn families(&self) -> usize {
        self.families
            .keys()
            .filter(|key| matches!(key, Key::Family(_)))
            .count()
    }

    /// Number of persons.
    pub fn insurees(&self) -> usize {
        self.persons.len()
    }

    /// Number of policies.
    pub fn policies(&self) -> usize {
        self.policies.len()
    }
}
