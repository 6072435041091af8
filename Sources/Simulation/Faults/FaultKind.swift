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
        /// The wall clock jumps by `rate` times 40 min, less 20 min.
        case clockStep = "clock-step"
        case diskFull = "disk-full"
        /// An append fails and nobody knows what is on the disk.
        case diskError = "disk-error"
        /// The host dies right before or right after an append became durable.
        case crashAtAppend = "crash-at-append"
        case leaseStoreDown = "lease-store-down"

        // People.
        case operatorFailover = "operator-failover"
        case operatorHold = "operator-hold"
        case operatorApproves = "operator-approves"
        case operatorResumes = "operator-resumes"
        case operatorAbandons = "operator-abandons"
    }
}
