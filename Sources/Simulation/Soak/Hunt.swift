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
    /// What CI runs in minutes.
    public static let limit = 2000

    /// Markdown, as docs/simulation.md holds it.
    public static func table(_ catches: [Catch]) -> String {
        let rows = catches.map { item in
            let found =
                item.seed.map { "\(item.seedsNeeded) | \($0)" } ?? "**not in \(item.seedsNeeded)** | -"
            return "| `\(item.plant.rawValue)` | \(item.plant.bug) | \(found) | "
                + (item.invariants.isEmpty ? "-" : item.invariants.joined(separator: ", ")) + " |"
        }
        return
            (["| plant | the bug | seeds needed | by seed | found by |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }
}
