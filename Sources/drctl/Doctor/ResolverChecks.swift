import Observers

/// Resolvers answer, whatever the answer is.
enum ResolverChecks {
    private static let name = "resolvers"

    static func finding(_ server: String, _ failure: ResolveError?) -> Finding {
        guard let failure, failure.retryable else { return .ok(name, "\(server) answers") }
        return .fail(name, "\(server) does not answer: \(failure.detail)")
    }

    /// One that answers is enough to go on; the next is asked when one is silent.
    static func whole(_ findings: [Finding]) -> [Finding] {
        guard findings.contains(where: { $0.result == .ok }) else { return findings }
        return findings.map { finding in
            finding.result == .fail
                ? .warn(
                    name,
                    "\(finding.detail); the others do. Repair it, or take it out of controller.resolvers")
                : finding
        }
    }
}
