import Failover
import Settings

/// Files of trusted roots end one day, all at once and without a word: connections are refused from then on.
struct CertificateChecks {
    var configuration: Configuration
    var now: Timestamp

    /// RDS asks for its authorities to be changed months before; a quarter is time enough to plan it.
    static let notice = Duration.seconds(90 * 86_400)

    var findings: [Finding] {
        var seen: Set<String> = []
        return files.filter { seen.insert($0.path).inserted }.map { file in
            Self.finding("certificates", file.what, file.path, CertificateFile(path: file.path).ends(), now)
        }
    }

    private var files: [(what: String, path: String)] {
        var files: [(what: String, path: String)] = []
        if let path = configuration.aws.caBundle { files.append(("aws.ca_bundle", path)) }
        if let path = configuration.webhook?.caFile { files.append(("webhook.ca_file", path)) }
        for notifier in configuration.notifications?.notifiers ?? [] {
            if let path = notifier.caBundle { files.append(("notifier \(notifier.name)", path)) }
        }
        for database in configuration.workloads.flatMap(\.databases) {
            if case .verifyFull(let path)? = database.sql?.tls {
                files.append(("sql of \(database.id)", path))
            }
        }
        return files
    }

    static func finding(
        _ name: String, _ what: String, _ path: String, _ ends: [Timestamp]?, _ now: Timestamp
    ) -> Finding {
        guard let ends else {
            return .fail(name, "\(what): \(path) cannot be read: correct the path or its rights")
        }
        guard let last = ends.max() else {
            return .fail(name, "\(what): \(path) holds no certificate in PEM: put the authorities' there")
        }
        guard let first = ends.filter({ $0 > now }).min() else {
            return .fail(
                name, "\(what): every certificate in \(path) has ended, the last at \(last): get the new ones"
            )
        }
        let text = "\(what): \(path), \(ends.count) certificates"
        if last - now < notice {
            return .warn(
                name, "\(text), the last ends at \(last): get the new ones, and put them beside the old")
        }
        if first - now < notice {
            return .warn(
                name, "\(text), one of them ends at \(first): if your servers' is from it, get the new ones")
        }
        return .ok(name, "\(text), the first ends at \(first)")
    }
}
