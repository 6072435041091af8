/// What the machine remembers about one workload between two looks. Volatile.
struct Attention: Sendable, Equatable {
    var databases: [DatabaseID: DatabaseAttention] = [:]
    /// Since when the workload has not been healthy.
    var troubledSince: Timestamp?
    /// Since when the verdict has been *failed* without a gap.
    var quorumSince: Timestamp?
    /// Since when the verdict has been *partial* without a gap.
    var partialSince: Timestamp?
    /// Since when nothing has said failed and something has said healthy.
    var calmSince: Timestamp?
    /// Since when the observed roles have been as configured, with the standby replicating again.
    var protectedSince: Timestamp?

    /// Follows the evidence. `resumed` is the start of a suspicion that was open when the controller last stopped.
    mutating func follow(_ databases: [DatabaseAssessment], verdict: Verdict, now: Timestamp, resumed: Timestamp?) {
        for assessment in databases {
            var memory = self.databases[assessment.database] ?? DatabaseAttention(darkSince: resumed)
            let lives = assessment.votes.contains { $0.opinion == .alive && $0.witness == .probe }
            if assessment.votes.contains(where: { $0.opinion == .alive }) { memory.aliveAt = now }
            let failing = assessment.votes.contains { $0.opinion == .failed }
            if lives || assessment.verdict == .healthy {
                memory.darkSince = nil
            } else if failing {
                memory.darkSince = memory.darkSince ?? now
            }
            let recovering = assessment.votes.contains { $0.opinion == .recovering }
            memory.recoveringSince = recovering ? memory.recoveringSince ?? now : nil
            self.databases[assessment.database] = memory
        }
        troubledSince = verdict == .healthy ? nil : troubledSince ?? now
        quorumSince = verdict == .failed ? quorumSince ?? now : nil
        partialSince = verdict == .partial ? partialSince ?? now : nil
        calmSince = verdict == .healthy ? calmSince ?? now : nil
    }
}
