import AWS
import Settings

/// Can several hosts share this table, and only one of them lead?
struct LeaseCheck {
    var lease: LeaseSettings
    var table: DescribeTable.Output

    var findings: [Finding] {
        let name = "lease"
        let place = "table \(lease.table) in \(lease.region)"
        var findings: [Finding] = []
        if table.key != ["pk": "S", "sk": "N"] {
            let found = table.key.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
            findings.append(
                .fail(
                    name,
                    "\(place) has the key \(found.joined(separator: ", ")), not pk (S) and sk (N): "
                        + "make a table as docs/hosts.md says"))
        }
        if table.tableStatus != "ACTIVE" {
            findings.append(.fail(name, "\(place) is \(table.tableStatus): wait until it is ACTIVE"))
        }
        if !table.replicaRegions.isEmpty, table.multiRegionConsistency != "STRONG" {
            let regions = table.replicaRegions.joined(separator: ", ")
            findings.append(
                .fail(
                    name,
                    "\(place) is a global table (\(regions)) without strong consistency: two hosts could "
                        + "hold the lease at once. Use a table of one Region"))
        }
        if !table.deletionProtectionEnabled {
            findings.append(
                .warn(
                    name, "\(place) is not protected from deletion, and it holds the journal: protect it"))
        }
        return findings.orOK(name, "\(place) can be shared; the lease lasts \(lease.ttl.text)")
    }
}
