/// Bugs that are planted on purpose, one line each, to prove that the simulator finds them. They exist in
/// builds with `-DPLANTS` only (`make hunt`); in any other build `planted` is a constant false, and the
/// compiler takes the line away.
///
/// Named by what the controller does wrong.
public enum Plant: String, Sendable, CaseIterable {
    // The evidence.
    case countsUnknownAsHealthy = "counts-unknown-as-healthy"
    case countsMissingAsFailed = "counts-missing-as-failed"
    case acceptsStale = "accepts-stale"
    case takesLateAnswers = "takes-late-answers"
    case needsNobodyOutside = "needs-nobody-outside"
    case skipsTheWindow = "skips-the-window"
    case neverSuspects = "never-suspects"
    case neverConfirms = "never-confirms"

    // The gates.
    case forgetsTheAgeOfLag = "forgets-the-age-of-lag"
    case ignoresSignsOfLife = "ignores-signs-of-life"
    case ignoresHolds = "ignores-holds"
    case coolsDownAfterNothing = "cools-down-after-nothing"
    case skipsTheRecheck = "skips-the-recheck"
    case waitsForNoSlot = "waits-for-no-slot"

    // The plan.
    case forgetsDoubt = "forgets-doubt"
    case forgetsOwedFences = "forgets-owed-fences"
    case letsLeversGo = "lets-levers-go"
    case dropsNotices = "drops-notices"
    case stopsSilently = "stops-silently"

    // The journal and the lease.
    case actsBeforeItIsDurable = "acts-before-it-is-durable"
    case leasesByTheWallClock = "leases-by-the-wall-clock"
    case actsAsFollower = "acts-as-follower"
    case sendsWithoutLease = "sends-without-lease"

    // Carrying it out.
    case promotesWithoutLooking = "promotes-without-looking"
    case movesTrafficToAnybody = "moves-traffic-to-anybody"
    case callsFencesMade = "calls-fences-made"
    case retriesWithoutPause = "retries-without-pause"
    case passesControlBytesOn = "passes-control-bytes-on"
}

#if PLANTS
    // Set once, before anything runs, and only read afterwards: no lock is needed.
    nonisolated(unsafe) private var chosen: Plant?

    extension Plant {
        /// Whether this build holds the planted bugs at all.
        public static let areBuiltIn = true

        /// Plants one bug, or none. Before anything else runs in the process.
        public static func choose(_ plant: Plant?) { chosen = plant }
    }

    public func planted(_ plant: Plant) -> Bool { chosen == plant }
#else
    extension Plant {
        /// Whether this build holds the planted bugs at all.
        public static let areBuiltIn = false
    }

    @inlinable @inline(__always)
    public func planted(_ plant: Plant) -> Bool { false }
#endif
