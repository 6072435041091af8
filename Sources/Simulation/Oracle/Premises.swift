import Failover

/// What the oracle knows of a run beforehand: what was configured, and what must never be told.
struct Premises {
    var workloads: [Workload]
    var hosts: [HostID]
    /// Two or three hosts with one journal and one lease. Without, the journal's lock is the lease.
    var isShared: Bool
    /// Of their lease; nil without one.
    var leaseTTL: Duration?
    /// Secret keys and tokens that the hosts hold.
    var secrets: [String]
    /// When the last fault that is to end has ended; nil while that is not known.
    var calmSince: Timestamp?

    private let owners: [SiteName: (workload: Workload, database: Database)]

    init(
        workloads: [Workload], hosts: [HostID], isShared: Bool = false, leaseTTL: Duration? = nil,
        secrets: [String] = [],
        calmSince: Timestamp? = nil
    ) {
        self.workloads = workloads
        self.hosts = hosts
        self.isShared = isShared
        self.leaseTTL = leaseTTL
        self.secrets = secrets
        self.calmSince = calmSince
        var owners: [SiteName: (workload: Workload, database: Database)] = [:]
        for workload in workloads {
            for database in workload.databases {
                for side in Side.allCases {
                    owners[SiteName(database.site(side))] = (workload, database)
                }
            }
        }
        self.owners = owners
    }

    func workload(_ id: WorkloadID) -> Workload? { workloads.first { $0.id == id } }

    /// Whose site it is; nil for what is not configured.
    func owner(of site: SiteName) -> (workload: Workload, database: Database)? { owners[site] }
}
