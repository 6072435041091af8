import Failover

/// One topic's settings.
struct TopicCheck {
    var topic: Topic
    var attributes: [String: String]
    /// Of our credentials; nil when unknown.
    var account: String?

    var findings: [Finding] {
        let name = "topic \(topic.region)"
        var findings: [Finding] = []
        let confirmed = attributes["SubscriptionsConfirmed"].flatMap(Int.init) ?? 0
        if confirmed == 0 {
            let pending = attributes["SubscriptionsPending"].flatMap(Int.init) ?? 0
            findings.append(
                .warn(
                    name,
                    "\(topic.arn) has no confirmed subscription\(pending > 0 ? ", \(pending) pending" : ""): "
                        + "nobody hears it. Subscribe, and confirm"))
        }
        let parts = topic.arn.split(separator: ":", omittingEmptySubsequences: false)
        if let account, parts.count > 4, parts[4] != account {
            findings.append(
                .warn(
                    name,
                    "\(topic.arn) belongs to account \(parts[4]), we are \(account): its policy must allow us"
                ))
        }
        let encrypted = attributes["KmsMasterKeyId"].map {
            ", encrypted with \($0) (needs kms:GenerateDataKey and kms:Decrypt)"
        }
        return findings.orOK(name, "\(topic.arn), \(confirmed) subscriptions\(encrypted ?? "")")
    }
}
