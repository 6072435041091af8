import Failover

/// The search for one planted bug.
public struct Catch: Sendable, Equatable, Codable {
    public var plant: Plant
    /// Seeds that were run until one violated something, that one included; all of them when none did.
    public var seedsNeeded: Int
    /// The seed that violated something; nil when none did.
    public var seed: UInt64?
    /// What it violated, in the order of the table.
    public var invariants: [String]

    public init(plant: Plant, seedsNeeded: Int, seed: UInt64?, invariants: [String]) {
        self.plant = plant
        self.seedsNeeded = seedsNeeded
        self.seed = seed
        self.invariants = invariants
    }
}

extension Plant: Codable {}

/// Of `make hunt`: how many seeds each planted bug may take to be found.
public enum Hunt {
    /// Within so many seeds from the first each of them has to be found.
    public static let limit = 600

    /// Not found yet: they are looked for like the others, but a hunt does not fail for these.
    public static let open: Set<Plant> = [
        .forgetsOwedFences, .actsBeforeItIsDurable, .leasesByTheWallClock, .sendsWithoutLease,
    ]

    /// Markdown, as docs/simulation.md holds it.
    public static func table(_ catches: [Catch]) -> String {
        let rows = catches.map { item in
            let found =
                item.seed.map { "\(item.seedsNeeded) | \($0)" }
                ?? "**not in \(item.seedsNeeded)**\(open.contains(item.plant) ? ", open" : "") | -"
            return "| `\(item.plant.rawValue)` | \(item.plant.bug) | \(found) | "
                + (item.invariants.isEmpty ? "-" : item.invariants.joined(separator: ", ")) + " |"
        }
        return
            (["| plant | the bug | seeds needed | by seed | found by |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }
}
