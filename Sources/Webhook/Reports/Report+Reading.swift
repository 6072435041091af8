import AWS
import Failover

/// The shapes of messages: CloudWatch's alarms and RDS's events, each straight through SNS and by way of
/// EventBridge. Members that are not known are passed over; AWS adds some now and then.
extension Report {
    /// More names than that no message has; they are looked up one by one.
    static let resourceLimit = 200

    /// `region`: the topic's, for old alarms that have no ARN. Nil for anything that is none of the shapes.
    static func read(_ message: String, topicRegion region: Region) -> Report? {
        guard let document = try? JSONReader.parse(Array(message.utf8)), document.members != nil else {
            return nil
        }
        var report: Report? =
            if document["AlarmName"] != nil {
                alarm(document, region)
            } else if document["detail-type"] != nil {
                event(document, region)
            } else if document["Event Source"] != nil {
                databaseNotification(document, region)
            } else { nil }
        if let resources = report?.resources, resources.count > resourceLimit {
            report?.resources = Array(resources.prefix(resourceLimit))
        }
        return report
    }

    // MARK: - Alarms

    private static func alarm(_ document: JSONValue, _ topicRegion: Region) -> Report? {
        guard let name = document["AlarmName"]?.string,
            let state = document["NewStateValue"]?.string.flatMap(State.init)
        else { return nil }
        let arn = document["AlarmArn"]?.string.flatMap(AlarmARN.init)
        let region = arn?.region ?? topicRegion
        let trigger = document["Trigger"]
        let simple = listed(trigger?["Dimensions"], region)
        let math = (trigger?["Metrics"]?.array ?? []).flatMap { metric in
            listed(metric["MetricStat"]?["Metric"]?["Dimensions"], region)
        }
        let members = (document["TriggeringChildren"]?.array ?? []).compactMap { $0["Arn"]?.string }
        return Report(
            matter: .alarm(
                name: name, arn: arn?.text, state: state, members: Array(members.prefix(resourceLimit))),
            region: region, resources: simple + math)
    }

    /// `[{"name": …, "value": …}]`; EventBridge has an object instead. Keys have been seen in both cases.
    private static func listed(_ dimensions: JSONValue?, _ region: Region) -> [Resource] {
        let pairs =
            dimensions?.members?.map { ($0.name, $0.value.string) }
            ?? dimensions?.array?.map { entry in
                (
                    (entry["name"] ?? entry["Name"])?.string ?? "",
                    (entry["value"] ?? entry["Value"])?.string
                )
            } ?? []
        return pairs.compactMap { name, value in
            guard let value else { return nil }
            return switch name {
            case "DBInstanceIdentifier", "DBClusterIdentifier": Resource(.database, in: region, value)
            case "HealthCheckId": Resource(.healthCheck, in: nil, value)
            default: nil
            }
        }
    }

    // MARK: - EventBridge

    private static func event(_ document: JSONValue, _ topicRegion: Region) -> Report? {
        guard let source = document["source"]?.string, let detail = document["detail"] else { return nil }
        let region = document["region"]?.string.flatMap(regionCode) ?? topicRegion
        switch source {
        case "aws.cloudwatch": return alarmEvent(document, detail, region)
        case "aws.rds": return databaseEvent(document, detail, region)
        default: return nil
        }
    }

    private static func alarmEvent(
        _ document: JSONValue, _ detail: JSONValue, _ region: Region
    ) -> Report? {
        guard let name = detail["alarmName"]?.string,
            let state = detail["state"]?["value"]?.string.flatMap(State.init)
        else { return nil }
        let arn = document["resources"]?.array?.first?.string.flatMap(AlarmARN.init)
        let metrics = detail["configuration"]?["metrics"]?.array ?? []
        let resources = metrics.flatMap { metric in
            listed(metric["metricStat"]?["metric"]?["dimensions"], region)
        }
        return Report(
            matter: .alarm(name: name, arn: arn?.text, state: state, members: []), region: region,
            resources: resources)
    }

    private static func databaseEvent(
        _ document: JSONValue, _ detail: JSONValue, _ region: Region
    ) -> Report? {
        let arn = detail["SourceArn"]?.string ?? document["resources"]?.array?.first?.string
        let named = detail["SourceIdentifier"]?.string.flatMap(bareIdentifier)
        guard let resource = arn.flatMap(database) ?? named.map({ Resource(.database, in: region, $0) })
        else { return nil }
        return Report(
            matter: .databaseEvent(code: detail["EventID"]?.string.flatMap(eventCode)),
            region: resource.region ?? region, resources: [resource])
    }

    // MARK: - RDS through SNS

    private static func databaseNotification(_ document: JSONValue, _ topicRegion: Region) -> Report? {
        let named = document["Source ID"]?.string.flatMap(bareIdentifier)
        guard
            let resource = document["Source ARN"]?.string.flatMap(database)
                ?? named.map({ Resource(.database, in: topicRegion, $0) })
        else { return nil }
        return Report(
            matter: .databaseEvent(code: document["Event ID"]?.string.flatMap(eventCode)),
            region: resource.region ?? topicRegion, resources: [resource])
    }

    /// `arn:aws:rds:<Region>:<account>:db|cluster:<identifier>`.
    private static func database(arn: String) -> Resource? {
        let form = /arn:aws[a-z-]*:rds:([a-z0-9-]{5,32}):[0-9]{12}:(?:db|cluster):([A-Za-z0-9-]{1,63})/
        guard let match = arn.wholeMatch(of: form), let region = regionCode(String(match.1)) else {
            return nil
        }
        return Resource(.database, in: region, String(match.2))
    }

    /// EventBridge has been seen to write `rds:` before it.
    private static func bareIdentifier(_ text: String) -> String? {
        text.wholeMatch(of: /(?:rds:)?([A-Za-z][A-Za-z0-9-]{0,62})/).map { String($0.1) }
    }

    /// `RDS-EVENT-0049`, alone or at the end of a documentation link.
    private static func eventCode(_ text: String) -> String? {
        text.utf8.count > 400 ? nil : text.firstMatch(of: /RDS-EVENT-[0-9]{4}$/).map { String($0.0) }
    }
}

/// `arn:aws:cloudwatch:<Region>:<account>:alarm:<name>`, the only place where an alarm has its Region's code.
private struct AlarmARN {
    let text: String
    let region: Region

    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        guard text.utf8.count <= 400, parts.count == 7, parts[0] == "arn", parts[2] == "cloudwatch",
            parts[5] == "alarm", !parts[6].isEmpty, let region = regionCode(String(parts[3]))
        else { return nil }
        self.text = text
        self.region = region
    }
}
