//! What a device said of its own clock, beside the server's: told in the story of a value, never asked for a last day.

use jiff::ToSpan;
use terms::Timestamp;

/// A device's clock that is further from the server's than this is told to be wrong. Our own choice: phones that keep
/// their time by the network are seconds off.
pub const CLOCK_OFF_S: i64 = 5 * 60;

/// When a device says that something was done on it, and how far its clock was from the server's when it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceTime {
    /// When it was done, by the device's clock.
    pub at: Timestamp,
    /// The device's clock less the server's, in seconds, when it was sent: positive where the device was ahead.
    pub ahead_s: i64,
}

impl DeviceTime {
    /// From the device's clock at two moments, and the server's at the second one.
    pub fn new(at: Timestamp, sent_at: Timestamp, server: Timestamp) -> Self {
        Self {
            at,
            ahead_s: sent_at.as_second() - server.as_second(),
        }
    }

    /// Whether the device's clock was wrong by more than some minutes.
    pub fn is_off(self) -> bool {
        CLOCK_OFF_S < self.ahead_s.saturating_abs()
    }

    /// When it was done by the server's clock, had the device's clock run evenly meanwhile.
    pub fn on_our_clock(self) -> Timestamp {
        self.at.saturating_sub(self.ahead_s.seconds()).unwrap_or(self.at)
    }

    /// Whether it was done so long before `recorded` that the difference is worth telling.
    pub fn is_earlier_than(self, recorded: Timestamp) -> bool {
        CLOCK_OFF_S < recorded.as_second() - self.on_our_clock().as_second()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_two_days_ahead_is_told_and_taken_out() {
        let told = DeviceTime::new(
            time("2026-11-24T01:00:00Z"),
            time("2026-11-24T05:00:00Z"),
            time("2026-11-22T05:00:07Z"),
        );
        assert_eq!(told.ahead_s, 2 * 86_400 - 7);
        assert!(told.is_off());
        assert_eq!(told.on_our_clock(), time("2026-11-22T01:00:07Z"));
        assert!(told.is_earlier_than(time("2026-11-22T05:00:07Z")));
    }

    #[test]
    fn seconds_are_nothing_and_absurd_clocks_do_no_harm() {
        let now = time("2026-11-22T05:00:00Z");
        let right = DeviceTime::new(now, now, time("2026-11-22T05:00:09Z"));
        assert!(!right.is_off() && !right.is_earlier_than(now));
        let absurd = DeviceTime::new(Timestamp::MIN, Timestamp::MIN, now);
        assert!(absurd.is_off());
        assert_eq!(absurd.on_our_clock(), now);
        let worse = DeviceTime::new(Timestamp::MAX, Timestamp::MIN, now);
        assert_eq!(worse.on_our_clock(), Timestamp::MAX);
    }
}
