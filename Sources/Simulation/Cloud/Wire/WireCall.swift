import Failover
import HTTPTransport

/// A request, read the way AWS reads it.
struct WireCall {
    /// `Service.id`.
    let service: String
    /// Whose AWS is asked; of a global service, the one where its control plane lives.
    let region: Region
    let operation: String
    /// Of the form, or of the query.
    let fields: WireFields
    /// After the API version, without the query; empty but for Route 53.
    let path: Substring
    let body: [UInt8]
    /// What the sender's clock said, in seconds since 1970; nil without a signature.
    let signedAt: Int64?

    init(_ request: HTTPRequest) {
        let afterScheme = request.url.utf8.firstIndex(of: UInt8(ascii: "/")).map {
            request.url[$0...].dropFirst(2)
        }
        let rest = afterScheme ?? request.url[...]
        let host = rest.prefix { $0 != "/" }
        let target = rest.dropFirst(host.count)
        let labels = host.split(separator: ".", maxSplits: 2)
        let prefix = labels.first.map(String.init) ?? ""
        body = request.body
        signedAt = request.headers.first("X-Amz-Date").flatMap(Self.seconds)
        if prefix == "route53" {
            service = prefix
            region = Estate.globalRegion
            let parts = target.split(separator: "?", maxSplits: 1)
            path = (parts.first ?? "").dropFirst("/2013-04-01".count)
            fields = WireFields(query: parts.count > 1 ? parts[1].utf8.map { $0 } : [])
            operation = Self.route53(request.method, path)
        } else {
            service = prefix == "monitoring" ? "cloudwatch" : prefix
            region = Region(labels.count > 1 ? String(labels[1]) : "")
            path = ""
            fields = WireFields(query: request.body)
            operation = fields["Action"] ?? ""
        }
    }

    private static func route53(_ method: String, _ path: Substring) -> String {
        let segments = path.split(separator: "/")
        switch (method, segments.first, segments.count) {
        case ("POST", "hostedzone", 3) where segments[2] == "rrset": return "ChangeResourceRecordSets"
        case ("GET", "hostedzone", 3) where segments[2] == "rrset": return "ListResourceRecordSets"
        case ("GET", "change", 2): return "GetChange"
        default: return "\(method) \(path)"
        }
    }

    private static let reading = ["Describe", "Get", "List", "GET "]

    /// Whatever does not only read: also what no controller has ever to send. A notice to people changes
    /// nothing of the estate.
    var mutates: Bool { !tells && !Self.reading.contains { operation.hasPrefix($0) } }

    /// It tells people something.
    var tells: Bool { operation == "Publish" }

    /// What it is about: a database, a record, a security group, a metric.
    var target: String {
        switch operation {
        case "Publish": fields["TopicArn"] ?? ""
        case "ChangeResourceRecordSets": Self.text(of: "Name", in: body)
        case "PutMetricData": fields["MetricData.member.1.MetricName"] ?? ""
        case "RemoveFromGlobalCluster": Self.lastPart(fields["DbClusterIdentifier"])
        case "FailoverGlobalCluster", "SwitchoverGlobalCluster":
            Self.lastPart(fields["TargetDbClusterIdentifier"])
        default:
            fields["DBInstanceIdentifier"] ?? fields["DBClusterIdentifier"] ?? fields["GroupId"] ?? ""
        }
    }

    private static func lastPart(_ arn: String?) -> String {
        arn?.split(separator: ":").last.map(String.init) ?? ""
    }

    /// The first element of that name, without the final dot of a DNS name.
    private static func text(of element: String, in body: [UInt8]) -> String {
        let text = String(decoding: body, as: UTF8.self)
        let parts = text.split(separator: "<\(element)>", maxSplits: 1)
        let name = parts.count > 1 ? String(parts[1].prefix { $0 != "<" }) : ""
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// `20260102T030405Z`.
    private static func seconds(_ text: String) -> Int64? {
        let digits = text.utf8.compactMap { (48...57).contains($0) ? Int64($0) - 48 : nil }
        guard digits.count == 14 else { return nil }
        func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        return Calendar.days(year: number(0..<4), month: number(4..<6), day: number(6..<8)) * 86_400
            + number(8..<10) * 3600 + number(10..<12) * 60 + number(12..<14)
    }
}
