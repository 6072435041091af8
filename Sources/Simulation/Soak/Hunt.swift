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

    /// The first seed that finds each: what `make hunt` runs first. Whatever changes what is drawn from a
    /// seed makes others of them: `make hunt-search`.
    public static let known: [Plant: UInt64] = [
        .countsUnknownAsHealthy: 5, .countsMissingAsFailed: 5, .acceptsStale: 19, .takesLateAnswers: 13,
        .needsNobodyOutside: 8, .skipsTheWindow: 6, .neverSuspects: 9, .neverConfirms: 8,
        .forgetsTheAgeOfLag: 64, .ignoresSignsOfLife: 271, .ignoresHolds: 51, .coolsDownAfterNothing: 8,
        .skipsTheRecheck: 8, .waitsForNoSlot: 8, .forgetsDoubt: 14, .forgetsOwedFences: 39,
        .letsLeversGo: 8, .dropsNotices: 19, .stopsSilently: 40, .actsBeforeItIsDurable: 2,
        .leasesByTheWallClock: 24, .actsAsFollower: 1, .sendsWithoutLease: 225, .promotesWithoutLooking: 14,
        .movesTrafficToAnybody: 8, .callsFencesMade: 8, .retriesWithoutPause: 15, .passesControlBytesOn: 13,
    ]

    /// Markdown, as docs/simulation.md holds it.
    public static func table(_ catches: [Catch]) -> String {
        let rows = catches.map { item in
            let found =
                item.seed.map { "\(item.seedsNeeded) | \($0)" }
                ?? "**not in \(item.seedsNeeded)** | -"
            return "| `\(item.plant.rawValue)` | \(item.plant.bug) | \(found) | "
                + (item.invariants.isEmpty ? "-" : item.invariants.joined(separator: ", ")) + " |"
        }
        return
            (["| plant | the bug | seeds needed | by seed | found by |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    /// For people: what became of the known seeds.
    public static func lines(_ catches: [Catch]) -> [String] {
        catches.map { item in
            let name = item.plant.rawValue
            guard let seed = item.seed else { return "\(name): NOT FOUND in \(item.seedsNeeded) seeds" }
            let note = seed == known[item.plant] ? "" : ", and the known seed does not any more"
            return "\(name): seed \(seed) violates \(item.invariants.joined(separator: ", "))\(note)"
        }
    }
}
