import Failover

/// One record set of one zone.
struct RecordModel: Sendable {
    var name = "db.example.com."
    var value = "old.x.eu-west-1.rds.amazonaws.com"
    var ttl = 30
    var extra = ""
    var setIdentifier: String?
    var alias: String?
    var exists = true
    var changedAt: Timestamp?
    var pendingFor = Duration.seconds(20)

    func list(_ call: WireCall) -> String {
        let identifier = setIdentifier.map { "<SetIdentifier>\($0)</SetIdentifier>" } ?? ""
        let content =
            alias.map {
                "<AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>\($0)</DNSName>"
                    + "<EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>"
            }
            ?? "<TTL>\(ttl)</TTL><ResourceRecords><ResourceRecord>"
            + "<Value>\(value)</Value></ResourceRecord></ResourceRecords>"
        let set =
            "<ResourceRecordSet><Name>\(name)</Name>"
            + "<Type>CNAME</Type>\(identifier)\(content)\(extra)</ResourceRecordSet>"
        return "<ListResourceRecordSetsResponse><ResourceRecordSets>\(exists ? set : "")</ResourceRecordSets>"
            + "<IsTruncated>false</IsTruncated><MaxItems>1</MaxItems></ListResourceRecordSetsResponse>"
    }

    /// All or nothing, and the old set must be given exactly.
    mutating func change(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        let values = Self.texts(of: "Value", in: call.document)
        guard Self.texts(of: "Action", in: call.document) == ["DELETE", "CREATE"], values.count == 2,
            values[0] == value, Self.texts(of: "TTL", in: call.document) == ["\(ttl)", "\(ttl)"]
        else { throw Refusal("InvalidChangeBatch", "the values provided do not match the current values") }
        value = values[1]
        changedAt = now
        return "<ChangeResourceRecordSetsResponse>\(info(at: now))</ChangeResourceRecordSetsResponse>"
    }

    func progress(at now: Timestamp) -> String { "<GetChangeResponse>\(info(at: now))</GetChangeResponse>" }

    private func info(at now: Timestamp) -> String {
        let isDone = changedAt.map { now - $0 >= pendingFor } ?? true
        return "<ChangeInfo><Id>/change/C1</Id><Status>\(isDone ? "INSYNC" : "PENDING")</Status>"
            + "<SubmittedAt>2026-01-02T03:04:05Z</SubmittedAt></ChangeInfo>"
    }

    static func texts(of element: String, in document: String) -> [String] {
        document.split(separator: "<\(element)>").dropFirst().map {
            String($0.prefix { $0 != "<" })
        }
    }
}
