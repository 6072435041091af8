import Failover

struct SplitBrain: Invariant {
    static let id = "INV-split"
    static let rule =
        "Beside a new writer the old one is fenced, or its fence is owed and on record, or the "
        + "configuration accepts it in writing; and what is called fenced takes no commits"

    private let premises: Premises

    /// A commit that was under way when the fence closed.
    private static let lastCommit = Duration.seconds(5)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .effect(let effect):
            guard let (_, site) = effect.promotion, let owner = premises.owner(of: site) else { return [] }
            return unfenced(owner.database, past.story(owner.workload.id))
        case .wrote(let commits): return wrote(commits, happening.at, past)
        default: return []
        }
    }

    private func unfenced(_ database: Database, _ story: Story) -> [String] {
        guard database.fencing.method != .none, !story.hasFenced(database.id),
            !story.everOwed.contains(where: { $0.database == database.id })
        else { return [] }
        return ["\(database.id) gets a new writer, and its old one is neither fenced nor owed a fence"]
    }

    private func wrote(_ commits: Commits, _ now: Timestamp, _ past: Chronicle) -> [String] {
        guard let owner = premises.owner(of: commits.site),
            SiteName(owner.database.primary) == commits.site,
            let fenced = fencedAt(owner.database, past.story(owner.workload.id)),
            now - fenced > Self.lastCommit
        else { return [] }
        return ["\(commits.site) is on record as fenced since \(fenced), and takes commits"]
    }

    private func fencedAt(_ database: Database, _ story: Story) -> Timestamp? {
        story.fencedAt[database.id]
    }
}
