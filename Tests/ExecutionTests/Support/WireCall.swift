import Failover
import Foundation
import HTTPTransport

/// A request on the wire, read the way AWS reads it.
struct WireCall: Sendable, Equatable {
    var service: String
    /// Nil for global services, whose hosts name no Region.
    var region: Region?
    var operation: String
    var parameters: [String: String]
    /// The XML body of Route 53.
    var document = ""

    static let mutating: Set = [
        "PromoteReadReplica", "RemoveFromGlobalCluster", "FailoverGlobalCluster", "ModifyDBInstance",
        "ModifyDBCluster", "RebootDBInstance", "RevokeSecurityGroupIngress", "ChangeResourceRecordSets",
        "PutMetricData", "Publish", "UpdateService", "UpdateAutoScalingGroup",
    ]

    var mutates: Bool { Self.mutating.contains(operation) }

    /// `eu-central-1 PromoteReadReplica`.
    var line: String { "\(region.map { "\($0)" } ?? "global") \(operation)" }

    init(_ request: HTTPRequest) {
        let rest = request.url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        let labels = rest[1].split(separator: ".")
        service = String(labels[0])
        region = service == "route53" ? nil : Region(String(labels[1]))
        let body = String(decoding: request.body, as: UTF8.self)
        if service == "route53" {
            let target = rest.count > 2 ? String(rest[2]) : ""
            let parts = target.split(separator: "?", maxSplits: 1)
            parameters = Self.form(parts.count > 1 ? String(parts[1]) : "")
            parameters["path"] = String(parts[0])
            document = body
            operation =
                request.method == "POST"
                ? "ChangeResourceRecordSets"
                : parts[0].contains("/change/") ? "GetChange" : "ListResourceRecordSets"
        } else if service == "ecs" {
            let target = request.headers.first("X-Amz-Target") ?? ""
            operation = target.split(separator: ".").last.map(String.init) ?? ""
            let read = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any]
            parameters = (read ?? [:]).mapValues { "\($0)" }
        } else {
            parameters = Self.form(body)
            operation = parameters["Action"] ?? ""
        }
    }

    private static func form(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            fields[decoded(halves[0])] = halves.count > 1 ? decoded(halves[1]) : ""
        }
        return fields
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "%"),
                let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The values of `Name.1`, `Name.2`, ...
    func list(_ prefix: String) -> [String] {
        (1...20).compactMap { parameters["\(prefix).\($0)"] }
    }
}
