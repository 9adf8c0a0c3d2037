//! Identities as a table that people write, and what is wrong with its rows.

use std::collections::{BTreeMap, BTreeSet};

use terms::{Diagnostic, Place};

use super::{Identity, Over};
use crate::coherence::formula::{Formula, Reference, relation};

/// Reads the table `id,over,relation,needs,derived,source` (no quoting; the source is all that is left of a line).
///
/// Rows that cannot be read are told and left out; the rest goes on.
pub fn read_identities(csv: &str, file: &str) -> (Vec<Identity>, Vec<Diagnostic>) {
    let mut identities: Vec<Identity> = Vec::new();
    let mut diagnostics = Vec::new();
    for (row, line) in (1..)
        .zip(csv.lines())
        .skip(1)
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let place = Place::file(file).row(row);
        let fields: Vec<&str> = line.splitn(6, ',').map(str::trim).collect();
        let [id, over, text, needs, derived, source] = fields[..] else {
            diagnostics.push(
                Diagnostic::error("identity-columns", place)
                    .with("expected", 6)
                    .with("found", fields.len()),
            );
            continue;
        };
        let over = match over {
            "year" => Over::Year,
            "span" => Over::Span,
            other => {
                diagnostics
                    .push(Diagnostic::error("identity-over", place.column("over")).with("found", other));
                continue;
            }
        };
        if identities.iter().any(|known| known.id == id) {
            diagnostics.push(Diagnostic::error("identity-twice", place.column("id")).with("found", id));
            continue;
        }
        match relation(text) {
            Ok((left, right, at_most)) => identities.push(Identity {
                id: id.to_owned(),
                over,
                left,
                right,
                at_most,
                needs: (!needs.is_empty()).then(|| needs.to_owned()),
                derived: derived == "yes",
                source: source.to_owned(),
            }),
            Err(unreadable) => diagnostics.push(
                Diagnostic::error("identity-unreadable", place.column("relation"))
                    .with("expected", unreadable.expected)
                    .with("found", unreadable.found),
            ),
        }
    }
    diagnostics.extend(derived_in_a_circle(&identities, file));
    (identities, diagnostics)
}

/// An identity that says an indicator is made from itself in the same year, as `a.b = a.b * 2`, defines nothing.
fn derived_in_a_circle(identities: &[Identity], file: &str) -> Vec<Diagnostic> {
    let alone = |formula: &Formula| match formula {
        Formula::Reference(reference) => Some(reference.clone()),
        _ => None,
    };
    let mut defined: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let name =
        |reference: &Reference| format!("{}{:?}{:?}", reference.indicator, reference.prices, reference.at);
    let mut found = Vec::new();
    for identity in identities.iter().filter(|identity| !identity.at_most) {
        let Some(whole) = alone(&identity.left) else {
            continue;
        };
        let mut parts = BTreeSet::new();
        identity.right.references(&mut |reference| {
            parts.insert(name(reference));
        });
        let whole_name = name(&whole);
        // Walk down from the parts; meeting the whole again closes a circle.
        let mut open: Vec<String> = parts.iter().cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(part) = open.pop() {
            if part == whole_name {
                found.push(
                    Diagnostic::warning("identity-circle", Place::file(file).column("relation"))
                        .with("identity", &identity.id)
                        .with("indicator", &whole.indicator),
                );
                break;
            }
            if seen.insert(part.clone()) {
                open.extend(defined.get(&part).into_iter().flatten().cloned());
            }
        }
        defined.entry(whole_name).or_default().extend(parts);
    }
    found
}
