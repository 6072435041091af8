import Failover

extension Plant {
    /// What the controller does wrong with it, for people.
    public var bug: String {
        switch self {
        case .countsUnknownAsHealthy: "a witness that says nothing counts as healthy"
        case .countsMissingAsFailed: "a metric without data counts as failed"
        case .acceptsStale: "an observation of any age counts"
        case .takesLateAnswers: "a late answer replaces a newer one"
        case .needsNobodyOutside: "a quorum needs no witness outside our own path"
        case .skipsTheWindow: "the first quorum confirms the failure"
        case .neverSuspects: "no trouble is ever called a suspicion"
        case .neverConfirms: "no quorum lasts long enough to confirm a failure"
        case .forgetsTheAgeOfLag: "the lag counts without the age of its sample"
        case .ignoresSignsOfLife: "a primary that comes back while a plan waits is no obstacle"
        case .ignoresHolds: "a hold stops nothing"
        case .coolsDownAfterNothing: "a failover that was given up arms the cooldown"
        case .skipsTheRecheck: "nothing is looked at again before acting"
        case .waitsForNoSlot: "a failover waits for its turn though none is running"
        case .forgetsDoubt: "a step that may have happened is begun as if it had not"
        case .forgetsOwedFences: "a fence that could not be made is not remembered"
        case .letsLeversGo: "a flipped lever is not asserted again"
        case .dropsNotices: "a notice that no topic took is not tried again"
        case .stopsSilently: "nobody is told when a plan stops halfway"
        case .actsBeforeItIsDurable: "directives are carried out before their records are durable"
        case .leasesByTheWallClock: "the lease is measured by the wall clock"
        case .actsAsFollower: "a host without the lease decides"
        case .sendsWithoutLease: "nothing is asked right before a call is sent"
        case .promotesWithoutLooking: "a promotion in doubt is sent again without a look"
        case .movesTrafficToAnybody: "the new writer is not awaited"
        case .callsFencesMade: "a fence that failed is called made"
        case .retriesWithoutPause: "what fails is asked again at once"
        case .passesControlBytesOn: "what AWS answers is quoted as it is"
        }
    }
}
