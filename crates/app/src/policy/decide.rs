//! The one place that decides: Cedar, over the policies and the schema that stand beside this file as text.
//!
//! A decision depends on the role and reach of a post, the action, where the office concerned stands to the post's
//! office, whether a second factor is wanted and missing, and whether a report goes to another department: some four
//! thousand cases. Each is asked of Cedar once, on
//! three offices that stand for all (the post's own, one below, one elsewhere), and remembered: no page waits for it.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema,
};
use plan::org::Reach;

use super::{Action, Relation, Role};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) role: Role,
    pub(super) reach: Reach,
    pub(super) action: Action,
    pub(super) relation: Relation,
    /// A second factor is wanted for acts that approve, and the session has none.
    pub(super) lacks_factor: bool,
    /// The report goes to another department than the post's.
    pub(super) other_field: bool,
}

const UNKNOWN: u8 = 0;
const ALLOWED: u8 = 1;
const REFUSED: u8 = 2;

impl Case {
    const COUNT: usize = Role::ALL.len() * 2 * Action::ALL.len() * Relation::ALL.len() * 4;

    fn index(self) -> usize {
        let role_and_reach = self.role as usize * 2 + usize::from(self.reach == Reach::Subtree);
        let with_action = role_and_reach * Action::ALL.len() + self.action as usize;
        let with_relation = with_action * Relation::ALL.len() + self.relation as usize;
        with_relation * 4 + usize::from(self.lacks_factor) * 2 + usize::from(self.other_field)
    }
}

/// Whether the policies allow it.
pub(super) fn allows(case: Case) -> bool {
    static KNOWN: OnceLock<Vec<AtomicU8>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| (0..Case::COUNT).map(|_| AtomicU8::new(UNKNOWN)).collect());
    let slot = &known[case.index()];
    match slot.load(Ordering::Relaxed) {
        ALLOWED => true,
        REFUSED => false,
        _ => {
            let allowed = decide(case);
            slot.store(if allowed { ALLOWED } else { REFUSED }, Ordering::Relaxed);
            allowed
        }
    }
}

/// The policies, read.
struct Policies {
    set: PolicySet,
    schema: Schema,
}

/// Reads the texts that are part of the program; a test holds that they can be read and fit together.
fn policies() -> Option<&'static Policies> {
    static POLICIES: OnceLock<Option<Policies>> = OnceLock::new();
    let read = || {
        let (schema, _) = Schema::from_cedarschema_str(include_str!("rorang.cedarschema")).ok()?;
        let set = PolicySet::from_str(include_str!("rorang.cedar")).ok()?;
        Some(Policies { set, schema })
    };
    POLICIES.get_or_init(read).as_ref()
}

/// Asks Cedar. Whatever goes wrong is a refusal.
fn decide(case: Case) -> bool {
    policies()
        .and_then(|policies| ask(policies, case))
        .unwrap_or(false)
}

fn ask(policies: &Policies, case: Case) -> Option<bool> {
    let (own, below, elsewhere) = (
        uid("Office", "own")?,
        uid("Office", "below")?,
        uid("Office", "elsewhere")?,
    );
    let post = uid("Post", "post")?;
    let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let attributes = HashMap::from([
        ("role".to_owned(), text(case.role.code())),
        (
            "office".to_owned(),
            RestrictedExpression::new_entity_uid(own.clone()),
        ),
        ("reach".to_owned(), text(case.reach.code())),
    ]);
    let office = |office: &EntityUid, above: Option<&EntityUid>| {
        let parents: HashSet<EntityUid> = above.into_iter().cloned().collect();
        Entity::new_no_attrs(office.clone(), parents)
    };
    let entities = [
        office(&own, None),
        office(&below, Some(&own)),
        office(&elsewhere, None),
        Entity::new(post.clone(), attributes, HashSet::new()).ok()?,
    ];
    let entities = Entities::from_entities(entities, Some(&policies.schema)).ok()?;
    let context = Context::from_pairs([
        (
            "second_factor_required".to_owned(),
            RestrictedExpression::new_bool(case.lacks_factor),
        ),
        (
            "second_factor_given".to_owned(),
            RestrictedExpression::new_bool(!case.lacks_factor),
        ),
        (
            "other_field".to_owned(),
            RestrictedExpression::new_bool(case.other_field),
        ),
    ])
    .ok()?;
    let resource = match case.relation {
        Relation::Own => own,
        Relation::Below => below,
        Relation::Elsewhere => elsewhere,
    };
    let action = uid("Action", case.action.name())?;
    let request = Request::new(post, action, resource, context, Some(&policies.schema)).ok()?;
    let response = Authorizer::new().is_authorized(&request, &policies.set, &entities);
    // A policy that could not be evaluated must not count as one that did not apply.
    let sound = response.diagnostics().errors().next().is_none();
    Some(sound && response.decision() == Decision::Allow)
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    let kind = EntityTypeName::from_str(kind).ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

#[cfg(test)]
mod tests {
    use cedar_policy::{ValidationMode, Validator};

    use super::*;

    #[test]
    fn the_policies_fit_the_schema() {
        let policies = policies().expect("both texts are read");
        let result = Validator::new(policies.schema.clone()).validate(&policies.set, ValidationMode::Strict);
        let faults: Vec<String> = result.validation_errors().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(
            policies
                .set
                .policies()
                .all(|policy| policy.annotation("id").is_some())
        );
    }

    /// A mistake in asking would refuse everything and so hide itself: every action is asked without one.
    #[test]
    fn every_case_can_be_asked() {
        let policies = policies().unwrap();
        for action in Action::ALL {
            for role in Role::ALL {
                for relation in Relation::ALL {
                    for (reach, lacks_factor, other_field) in
                        [(Reach::Own, false, true), (Reach::Subtree, true, false)]
                    {
                        let case = Case {
                            role,
                            reach,
                            action: *action,
                            relation,
                            lacks_factor,
                            other_field,
                        };
                        assert!(ask(policies, case).is_some(), "{case:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_case_has_a_place_of_its_own() {
        let mut seen = HashSet::new();
        for role in Role::ALL {
            for reach in Reach::ALL {
                for action in Action::ALL {
                    for relation in Relation::ALL {
                        for flags in 0..4_u8 {
                            let case = Case {
                                role,
                                reach,
                                action: *action,
                                relation,
                                lacks_factor: flags & 1 == 1,
                                other_field: flags & 2 == 2,
                            };
                            assert!(seen.insert(case.index()) && case.index() < Case::COUNT);
                        }
                    }
                }
            }
        }
        assert_eq!(seen.len(), Case::COUNT);
    }
}
