import ArgumentParser
import Failover
import Simulation

/// `drctl simulate`. The same command is an executable of its own, which is built much sooner.
public struct Simulate: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the controller in a simulated world that goes wrong, and check what must always hold.",
        discussion: """
            Every run follows from its seed alone. A seed that violates something is printed with the \
            commands that replay it and that shrink its faults to the few that matter; docs/simulation.md \
            explains both. Exit codes: 0 nothing was violated; 2 usage; 6 something was violated, or with \
            --hunt a planted bug was not found; 130 interrupted.
            """)

    @Option(help: "How many seeds to run.")
    var seeds: Int?

    @Option(help: "The first seed.")
    var from: UInt64 = 1

    @Option(help: "How many processes to run them in. Default: one for each processor.")
    var jobs: Int?

    @Flag(help: "Print what happened, one line each. One seed, unless --seeds says more.")
    var log = false

    @Flag(
        help: "Leave out every fault, host and workload that the first violation does not need. One seed.")
    var shrink = false

    @Option(help: ArgumentHelp("Faults to leave out, by number.", valueName: "n,n,..."))
    var mask: String?

    @Option(help: ArgumentHelp("Hosts and workloads to leave out, by name.", valueName: "h2,w3,..."))
    var without: String?

    @Option(help: "Run with a planted bug (needs a build with -DPLANTS: make hunt).")
    var plant: String?

    @Flag(help: "Look for every planted bug and print how many seeds each took (needs -DPLANTS: make hunt).")
    var hunt = false

    @Flag(help: "With --hunt: first the one seed for each that is known to find it.")
    var known = false

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Flag(help: .hidden)
    var worker = false

    @Option(help: .hidden)
    var stride: UInt64 = 1

    public init() {}

    public mutating func validate() throws {
        guard seeds.map({ $0 >= 1 }) ?? true else { throw ValidationError("--seeds must be at least 1") }
        guard jobs.map({ (1...256).contains($0) }) ?? true else {
            throw ValidationError("--jobs must be from 1 to 256")
        }
        if shrink, let seeds, seeds != 1 {
            throw ValidationError("--shrink takes one seed: name it with --from, without --seeds")
        }
        guard !from.addingReportingOverflow(UInt64(count)).overflow else {
            throw ValidationError("--from \(from) is too close to the last seed, \(UInt64.max)")
        }
        if known, !hunt { throw ValidationError("--known goes with --hunt") }
        if let mask, Self.numbers(mask) == nil {
            throw ValidationError("--mask takes numbers with commas between them, as the log shows them")
        }
        if let plant {
            guard Plant(rawValue: plant) != nil else {
                let known = Plant.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("there is no plant \(plant); known: \(known)")
            }
        }
        if (plant != nil || hunt), !Plant.areBuiltIn {
            throw ValidationError(
                "this build holds no planted bugs, as it should; make hunt builds one that does")
        }
    }

    public mutating func run() throws {
        #if PLANTS
            Plant.choose(plant.flatMap(Plant.init(rawValue:)))
        #endif
        try refuseStrangers()
        if worker { return Worker(from: from, count: count, stride: stride, options: options).run() }
        if hunt { return try report(hunting()) }
        if shrink { return try shrinkOne() }
        if log { return try logEach() }
        try soak()
    }

    /// Left out of one seed, what is not there is a slip of the pen; of many, some may have it.
    private func refuseStrangers() throws {
        guard count == 1, !worker else { return }
        let strangers = Simulation.strangers(in: options, seed: Seed(from))
        guard strangers.isEmpty else {
            throw ValidationError(
                "seed \(from) has no \(strangers.joined(separator: ", no ")) to leave out; "
                    + "drctl simulate --from \(from) --log shows what it has")
        }
    }

    /// How many seeds there are to run, or to look through.
    var count: Int { seeds ?? (log || shrink || worker ? 1 : hunt ? Hunt.limit : 100) }

    var options: SimulationOptions {
        SimulationOptions(
            mask: Set(mask.flatMap(Self.numbers) ?? []),
            without: Set((without ?? "").split(separator: ",").map(String.init)))
    }

    static func numbers(_ text: String) -> [Int]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        return numbers.count == parts.count ? numbers : nil
    }
}
