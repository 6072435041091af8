import Failover

/// Smaller worlds, for shrinking.
extension Layout {
    /// Hosts and workloads, by name.
    var cast: [String] { hosts.map(\.id.rawValue) + workloads.map(\.id.rawValue) }

    /// Without some of its hosts and workloads; one of each stays. Hosts that share a journal still do so
    /// when there is one left.
    func leaving(out names: Set<String>) -> Layout {
        guard !names.isEmpty else { return self }
        var rest = self
        rest.hosts.removeAll { names.contains($0.id.rawValue) }
        if rest.hosts.isEmpty { rest.hosts = Array(hosts.prefix(1)) }
        rest.workloads.removeAll { names.contains($0.id.rawValue) }
        if rest.workloads.isEmpty { rest.workloads = Array(workloads.prefix(1)) }
        return rest
    }

    /// Whether what is at that place is part of it.
    func holds(_ place: Fault.Place) -> Bool {
        (place.host.map { id in hosts.contains { $0.id == id } } ?? true)
            && (place.workload.map { id in workloads.contains { $0.id == id } } ?? true)
            && (place.site.map { site in
                databases.contains { _, database in
                    Side.allCases.contains { SiteName(database.site($0)) == site }
                }
            } ?? true)
    }
}
