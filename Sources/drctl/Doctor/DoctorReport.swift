/// All checks, in the order of their subjects.
struct DoctorReport: Encodable {
    /// Nothing failed; warnings are allowed.
    var healthy: Bool
    var checks: [Check]

    init(_ checks: [Check]) {
        self.checks = checks
        healthy = !checks.contains { $0.result == .fail }
    }

    var text: String {
        var subjects: [String] = []
        for check in checks where !subjects.contains(check.subject) { subjects.append(check.subject) }
        let blocks = subjects.map { subject in
            let rows = checks.filter { $0.subject == subject }.map { [word($0.result), $0.name, $0.detail] }
            return "\(subject)\n\(table(rows, indent: 2))"
        }
        return (blocks + [summary]).joined(separator: "\n\n")
    }

    private var summary: String {
        let failed = checks.count { $0.result == .fail }
        let warned = checks.count { $0.result == .warn }
        let counts = "\(checks.count) checks, \(failed) failed, \(warned) warned"
        return failed == 0 ? "healthy: \(counts)" : "NOT healthy: \(counts)"
    }

    /// What needs a person stands out.
    private func word(_ result: Finding.Result) -> String {
        switch result {
        case .ok: "ok"
        case .warn: "WARN"
        case .fail: "FAIL"
        }
    }
}
