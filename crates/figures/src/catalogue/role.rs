//! The indicators and fields of the catalogue that rules name, resolved once.

macro_rules! named {
    ($(#[$doc:meta])* $type:ident, $all:ident: $($name:ident = $code:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $type { $($name),* }
        /// Their codes, in order.
        pub(super) const $all: [&str; [$($code),*].len()] = [$($code),*];
    };
}

named! {
    /// An indicator of which a rule speaks.
    Role, ROLES:
    GrdpGrowth = "grdp.growth",
    PovertyRate = "poverty.rate",
    PovertyReduction = "poverty.reduction",
    PoorHouseholds = "poverty.households",
    PlanTargets = "plan.targets",
    ProjectCost = "investment.project_cost",
    PublicPlan = "investment.public_plan",
    DisbursementRate = "investment.public_disbursement_rate",
    Attracted = "investment.attracted",
    ToGrdp = "investment.to_grdp",
    FdiRegistered = "fdi.registered",
    NewEnterprises = "enterprise.new",
    NewRural = "rural.new_standard_count",
    CommuneUnits = "governance.commune_units",
    PartyMembers = "governance.party_members",
    Pci = "governance.pci",
    ParIndex = "governance.par_index",
    RoadLength = "transport.road_length",
    ClearedArea = "land.cleared_area",
}

named! {
    /// A field of which a rule speaks: what stands before the first dot of a code.
    Field, FIELDS:
    Grdp = "grdp",
    Investment = "investment",
    Fdi = "fdi",
    Governance = "governance",
    Plan = "plan",
}
