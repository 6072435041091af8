extension GateID { public static let provider: GateID = "provider" }

extension Gate {
    /// Multi-AZ failovers end by themselves in a minute or two (Buildkite, 2018-08-29).
    static let provider = Gate(
        .provider, .evidence, override: .byVerb,
        asks: "AWS is not at work on the primary, or has had its time",
        on: [.primaryDatabase]
    ) { situation in
        situation.databases.contains { $0.verdict == .providerRecovering }
            ? situation.closed(
                situation.inquiries.contains(where: \.isPlannedWork)
                    ? "planned work is being done on it; it ends by itself"
                    : "AWS is at work on it; waited for up to \(situation.policy.providerRecoveryLimit.text)")
            : situation.open("no recovery by AWS is under way")
    }
}
