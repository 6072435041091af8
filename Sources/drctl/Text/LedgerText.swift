import Failover

/// What a failover may have lost, for people.
struct LedgerText {
    let ledger: LossLedger

    /// In a line of the history.
    var line: String {
        let loss = ledger.predictedLossSeconds.map { "up to \(secondsText($0))" } ?? "UNKNOWN"
        let accepted = ledger.acceptedBy.map { ", accepted by \($0)" } ?? ""
        return "failover \(ledger.failover) may lose \(loss) of changes (limit "
            + "\(secondsText(ledger.limitSeconds))\(accepted))"
    }

    /// With what was known of each database.
    var text: String {
        var lines = ["failover \(ledger.failover), decided at \(momentText(ledger.at))"]
        let loss = ledger.predictedLossSeconds.map { "up to \(secondsText($0))" } ?? "UNKNOWN"
        lines.append("  predicted loss: \(loss), limit \(secondsText(ledger.limitSeconds))")
        if let by = ledger.acceptedBy {
            lines.append(oneLine("  accepted by \(by): \(ledger.acceptedBecause ?? "")"))
        }
        for entry in ledger.databases { lines += self.lines(entry) }
        return lines.joined(separator: "\n")
    }

    private func lines(_ entry: LossLedger.Entry) -> [String] {
        guard let lag = entry.lagSeconds, let loss = entry.predictedLossSeconds else {
            return ["  \(entry.database): the replication lag was not known"] + positions(entry)
        }
        let age = entry.ageSeconds.map { ", sampled \(secondsText($0)) before" } ?? ""
        var lines = [
            "  \(entry.database): lag \(secondsText(lag))\(age), up to \(secondsText(loss)) may be lost"
        ]
        if let applied = entry.appliedUpTo {
            lines.append("    the replica had applied up to \(momentText(applied))")
        }
        return lines + positions(entry)
    }

    private func positions(_ entry: LossLedger.Entry) -> [String] {
        let replica = entry.replicaPosition.map { oneLine("    the replica was at \($0)") }
        let primary = entry.primaryPosition.map { position in
            let at = entry.primaryPositionAt.map { " at \(momentText($0))" } ?? ""
            return oneLine("    the primary was last seen at \(position)\(at)")
        }
        return [replica, primary].compactMap { $0 }
    }
}
