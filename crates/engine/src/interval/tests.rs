//! Against exact rationals: the true result of every operation lies inside, and the ends are neighbours of it.

use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;

use super::*;

fn exact(value: f64) -> BigRational {
    BigRational::from_float(value).expect("finite")
}

fn interval(a: f64, b: f64) -> Interval {
    Interval::new(a.min(b), a.max(b)).unwrap()
}

fn holds(interval: Interval, value: &BigRational) -> bool {
    (interval.lower == f64::NEG_INFINITY || exact(interval.lower) <= *value)
        && (interval.upper == f64::INFINITY || *value <= exact(interval.upper))
}

/// As narrow as can be: a point where it is exact, else two neighbours.
fn tight(interval: Interval) -> bool {
    interval.is_point()
        || interval.lower.next_up().to_bits() == interval.upper.to_bits()
        || !interval.is_bounded()
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        -1e6..1e6_f64,
        -2.0..2.0_f64,
        -1e18..1e18_f64,
        (-1000_i32..1000).prop_map(f64::from),
        Just(0.0),
        (-1e3..1e3_f64).prop_map(|value| value * 1e-160),
        (-1e3..1e3_f64).prop_map(|value| value * 1e150),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn points_give_the_tightest_interval_around_the_exact_result(a in number(), b in number()) {
        let (x, y) = (interval(a, a), interval(b, b));
        let sum = x.plus(y);
        prop_assert!(holds(sum, &(exact(a) + exact(b))) && tight(sum));
        let difference = x.minus(y);
        prop_assert!(holds(difference, &(exact(a) - exact(b))) && tight(difference));
        let product = x.times(y);
        prop_assert!(holds(product, &(exact(a) * exact(b))));
        prop_assert!(tight(product) || product.upper.abs() < 1e-260);
        if b != 0.0 {
            let quotient = x.over(y).unwrap();
            prop_assert!(holds(quotient, &(exact(a) / exact(b))));
            prop_assert!(tight(quotient) || quotient.upper.abs() < 1e-260);
        }
    }

    #[test]
    fn every_choice_inside_stays_inside(a in number(), b in number(), c in number(), d in number(), s in 0.0..=1.0_f64, t in 0.0..=1.0_f64) {
        let (x, y) = (interval(a, b), interval(c, d));
        let p = (x.lower + s * (x.upper - x.lower)).clamp(x.lower, x.upper);
        let q = (y.lower + t * (y.upper - y.lower)).clamp(y.lower, y.upper);
        let (ep, eq) = (exact(p), exact(q));
        prop_assert!(holds(x.plus(y), &(&ep + &eq)));
        prop_assert!(holds(x.minus(y), &(&ep - &eq)));
        prop_assert!(holds(x.times(y), &(&ep * &eq)));
        if !eq.is_zero() {
            prop_assert!(holds(x.over(y).unwrap(), &(&ep / &eq)));
        }
        let product = x.times(y);
        prop_assert!(product.mul_rev(y, x).is_some_and(|rev| holds(rev, &ep)));
    }

    #[test]
    fn powers_roots_and_compound_sums_hold_the_exact_ones(a in -40.0..40.0_f64, b in -40.0..40.0_f64, n in 0_u32..7, s in 0.0..=1.0_f64) {
        let x = interval(a, b);
        let p = (x.lower + s * (x.upper - x.lower)).clamp(x.lower, x.upper);
        let power = |base: &BigRational| (0..n).fold(BigRational::one(), |power, _| power * base);
        prop_assert!(holds(x.power(n), &power(&exact(p))));
        let sum = (0..n).fold(BigRational::zero(), |sum, _| exact(p) * (BigRational::one() + sum));
        prop_assert!(holds(x.compound_sum(n), &sum));
        if 0 < n {
            prop_assert!(x.power(n).power_rev(n, x).is_some_and(|back| back.contains(p)));
            let y = interval(a.abs(), b.abs());
            prop_assert!(y.compound_sum(n).compound_sum_rev(n, y).is_some_and(|back| back == y));
            // The root's ends enclose tightly: one step further out on either side the power has passed the argument.
            let z = interval(a.abs(), a.abs());
            let root = z.root(n).unwrap();
            prop_assert!(power(&exact(root.lower)) <= exact(z.lower) && exact(z.upper) <= power(&exact(root.upper)));
            prop_assert!(root.width() <= root.upper * 1e-14);
        }
    }

    #[test]
    fn a_decimal_lies_in_its_interval(mantissa in any::<i64>(), scale in 0_u32..28) {
        let interval = Interval::from_decimal(Decimal::new(mantissa, scale));
        let ten = exact(10.0);
        let value = BigRational::from_integer(mantissa.into()) / (0..scale).fold(BigRational::one(), |p, _| p * &ten);
        prop_assert!(holds(interval, &value));
        prop_assert!(interval.width() <= interval.upper.abs().max(interval.lower.abs()) * 1e-15);
    }
}

proptest! {
    // Exact series are dear; few cases do.
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exp_holds_its_series_and_ln_undoes_it(eighths in -80_i32..80) {
        // Σ xⁿ/n! for |x| <= 10: 80 exact terms leave less than 10^80/80!·e^10 < 1e-34.
        let x = f64::from(eighths) / 8.0;
        let (mut sum, mut term) = (BigRational::one(), BigRational::one());
        for n in 1..80_i32 {
            term = term * exact(x) / exact(f64::from(n));
            sum += &term;
        }
        let rest = exact(1e-34);
        let exp = interval(x, x).exp();
        prop_assert!(exact(exp.lower) <= &sum + &rest && &sum - &rest <= exact(exp.upper));
        prop_assert!(exp.width() <= exp.upper * 1e-13, "{exp:?}");
        let back = exp.ln().unwrap();
        prop_assert!(back.contains(x) && back.width() <= 1e-12, "{back:?}");
    }
}

#[test]
fn unbounded_ends_and_zero_divisors_lose_nothing() {
    let half_line = Interval::NON_NEGATIVE;
    assert_eq!(half_line.times(Interval::ZERO), Interval::ZERO);
    assert_eq!(half_line.plus(Interval::ENTIRE), Interval::ENTIRE);
    assert_eq!(Interval::ONE.over(Interval::ZERO), None);
    assert_eq!(Interval::ONE.over(half_line), Some(half_line));
    assert_eq!(half_line.over(half_line), Some(half_line));
    assert_eq!(Interval::ONE.over(interval(-1.0, 1.0)), Some(Interval::ENTIRE));
    assert_eq!(
        Interval::ONE.mul_rev(interval(-1.0, 1.0), half_line),
        Interval::new(1.0, f64::INFINITY)
    );
    assert_eq!(Interval::ONE.mul_rev(Interval::ZERO, half_line), None);
    assert_eq!(
        Interval::point(1e308).unwrap().times(interval(1e10, 1e10)),
        Interval::new(f64::MAX, f64::INFINITY).unwrap()
    );
    assert_eq!(interval(-4.0, -1.0).root(2), None);
    let root = interval(4.0, 9.0).power_rev(2, interval(-10.0, 0.0)).unwrap();
    assert!(root.contains(-3.0) && root.contains(-2.0) && root.width() < 1.000_000_1);
    assert_eq!(Interval::new(f64::NAN, 1.0), None);
    assert_eq!(Interval::point(f64::INFINITY), None);
    assert!(interval(0.0, 1.0).ln().unwrap().lower().is_infinite());
    assert_eq!(Interval::ENTIRE.exp(), half_line);
}

#[test]
fn ln_2_and_e_are_between_their_known_digits() {
    // Source: OEIS A002162 and A001113.
    let two = Interval::point(2.0).unwrap().ln().unwrap();
    assert!(two.contains(std::f64::consts::LN_2) && two.width() < 1e-15);
    let e = Interval::ONE.exp();
    assert!(e.contains(std::f64::consts::E) && e.width() < 1e-14);
    assert!(
        Interval::point(32.0)
            .unwrap()
            .power_real(Interval::point(0.2).unwrap())
            .unwrap()
            .contains(2.0)
    );
}
