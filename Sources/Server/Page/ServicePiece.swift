import Failover

/// What is watching.
struct ServicePiece {
    let status: ServiceStatus

    var html: HTML {
        """
        <section id="service" aria-labelledby="service-title">
        <h2 id="service-title">This drctl</h2>
        <dl class="facts">\(rows.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" as HTML })</dl>
        </section>

        """
    }

    private var rows: [(String, HTML)] {
        let look = status.lastRoundAt.map { time($0, now: status.now, since: true) }
        let fault = status.journalFault.map { "<strong>takes no records: \($0)</strong>" as HTML }
        var rows: [(String, HTML)] = [
            ("Version", "\(status.version)"), ("Runs in", "\(status.region)"),
            ("Configuration", "\(status.configurationDigest)"),
            ("Started", time(status.startedAt, now: status.now, since: true)),
            ("Last look", look ?? "<strong>none yet</strong>"),
            ("Journal", fault ?? "takes records"),
        ]
        if let lease = status.lease { rows.append(("Leads", leader(lease))) }
        return rows
    }

    private func leader(_ lease: LeaseView) -> HTML {
        if lease.validUntil != nil { return "this host (\(lease.holder), epoch \(lease.epoch))" }
        return lease.holder.isEmpty
            ? "<strong>no host</strong>" : "\(lease.holder) (epoch \(lease.epoch)); this host watches"
    }
}
