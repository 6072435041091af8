extension Fault {
    /// What can go wrong.
    public enum Kind: String, Sendable, CaseIterable {
        // The estate.
        /// Data plane and control plane of a Region are gone.
        case regionDead = "region-dead"
        case dataPlaneDown = "data-plane-down"
        case controlPlaneDown = "control-plane-down"
        /// A database's writer is gone, its Region is fine.
        case instanceDead = "instance-dead"
        /// RDS fails over within its Region: not reachable for a minute or two, with the status to show it.
        case multiAZ = "multi-az"
        /// A reboot or upgrade of the writer, with the status to show it.
        case maintenance
        /// Connections are taken, commits are not.
        case gray
        /// Replication gets no further.
        case lagGrows = "lag-grows"
        case promotionSlow = "promotion-slow"
        /// A promotion that does not end while the fault lasts.
        case promotionStuck = "promotion-stuck"
        /// Metrics are published late; `rate` times 10 min.
        case metricsLate = "metrics-late"
        case metricsMissing = "metrics-missing"
        /// Route 53's checkers are wrong about a healthy endpoint.
        case checkersWrong = "checkers-wrong"
        /// Changes stay PENDING.
        case changePending = "change-pending"

        // The way between a host and a Region.
        /// Requests are lost, silently.
        case cutThere = "cut-there"
        /// Requests arrive, answers are lost.
        case cutBack = "cut-back"
        /// A host reaches nothing.
        case isolated
        case slow
        /// Duplicated and reordered observations.
        case jumbled
        case throttled
        case serverErrors = "server-errors"
        case garbage
        case repliesLost = "replies-lost"
        /// Describes from an older state, at random: old and new alternate.
        case stale
        case accessDenied = "access-denied"
        case expiredToken = "expired-token"
        case resolverFails = "resolver-fails"

        // The host.
        case crash
        /// Stands still, past its lease perhaps.
        case pause
        /// Stands still past its lease once a step has begun, while the first look of it is under way.
        case pauseAtStep = "pause-at-step"
        /// The wall clock jumps by `rate` times 40 min, less 20 min.
        case clockStep = "clock-step"
        case diskFull = "disk-full"
        /// The disk is full for a while right after a step has begun.
        case diskFullAtStep = "disk-full-at-step"
        /// An append fails and nobody knows what is on the disk.
        case diskError = "disk-error"
        /// The host dies right before or right after an append became durable.
        case crashAtAppend = "crash-at-append"
        /// The host dies right after a call that changes something has left it.
        case crashAtSend = "crash-at-send"
        case leaseStoreDown = "lease-store-down"

        // What comes in.
        /// Alarms reach a host: twice, late, in the wrong order, or about nothing. `rate` times 12 of them.
        case alarms

        // People.
        case operatorFailover = "operator-failover"
        case operatorHold = "operator-hold"
        case operatorApproves = "operator-approves"
        case operatorResumes = "operator-resumes"
        case operatorAbandons = "operator-abandons"
    }
}

extension Fault.Kind {
    /// What a place of the kind names.
    enum Scope {
        case site, standby, region, edge, host, workload, everywhere
    }

    static let mainEvents: [Self] = [
        .regionDead, .regionDead, .dataPlaneDown, .instanceDead, .instanceDead, .controlPlaneDown, .multiAZ,
        .maintenance,
    ]

    static let ambushes: [Self] = [
        .crash, .crash, .pause, .pause, .isolated, .crashAtSend, .crashAtSend, .crashAtAppend,
        .leaseStoreDown,
        .repliesLost, .repliesLost, .throttled, .serverErrors, .garbage, .stale, .cutBack, .promotionStuck,
        .diskError, .operatorHold, .operatorFailover, .clockStep,
    ]

    var isMainEvent: Bool { Self.mainEvents.contains(self) }

    var scope: Scope {
        switch self {
        case .regionDead, .dataPlaneDown, .controlPlaneDown, .metricsLate, .metricsMissing: .region
        case .instanceDead, .multiAZ, .maintenance, .gray: .site
        case .lagGrows, .promotionSlow, .promotionStuck: .standby
        case .checkersWrong: .site
        case .changePending: .everywhere
        case .cutThere, .cutBack, .slow, .throttled, .serverErrors, .garbage, .repliesLost, .stale,
            .accessDenied, .expiredToken:
            .edge
        case .isolated, .jumbled, .resolverFails, .crash, .pause, .pauseAtStep, .clockStep, .diskFull,
            .diskFullAtStep, .diskError,
            .crashAtAppend, .crashAtSend, .leaseStoreDown:
            .host
        case .alarms, .operatorFailover, .operatorHold, .operatorApproves, .operatorResumes,
            .operatorAbandons:
            .workload
        }
    }

    /// It happens at one moment.
    var isInstant: Bool {
        switch self {
        case .crash, .clockStep, .operatorFailover, .operatorHold, .operatorApproves, .operatorResumes,
            .operatorAbandons:
            true
        default: false
        }
    }

    /// A rate between 0 and 1 has no meaning for it.
    var isAllOrNothing: Bool {
        switch scope {
        case .edge: false
        default:
            self != .jumbled && self != .diskError && self != .crashAtAppend
                && self != .crashAtSend && self != .pauseAtStep && self != .diskFullAtStep
                && self != .clockStep
                && self != .metricsLate && self != .resolverFails && self != .alarms
        }
    }

    /// How long it lasts at most: one of these.
    var spans: [Duration] {
        switch self {
        case .pause: [.seconds(20), .seconds(90), .seconds(600)]
        case .promotionStuck, .lagGrows, .changePending: [.seconds(600), .seconds(1800)]
        default: [.seconds(30), .seconds(120), .seconds(900)]
        }
    }

    /// For how long it goes on after its end: what lies in wait strikes at the last moment, a hold is
    /// released by whoever placed it.
    var aftermath: Duration {
        switch self {
        case .pauseAtStep, .diskFullAtStep: .seconds(120)
        case .operatorHold: .seconds(300)
        default: .zero
        }
    }

    /// How often it is drawn beside the others; 0 where it makes no sense.
    func commonness(in layout: Layout) -> Double {
        switch self {
        case .leaseStoreDown, .pauseAtStep: layout.sharesJournal ? 1 : 0
        case .operatorApproves: layout.workloads.contains { $0.policy.mode == .approval } ? 3 : 0.3
        case .operatorResumes: 2
        default: 1
        }
    }
}
