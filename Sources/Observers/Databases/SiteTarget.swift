import AWS
import Failover

/// One side of a database, as the RDS API of its Region knows it.
struct SiteTarget: Sendable, Hashable {
    var question: Question
    var side: Side
    /// In lower case, as AWS stores identifiers.
    var identifier: String

    /// Both sides of the databases that `isMeant` picks, by Region, in batches of at most `size` identifiers:
    /// an identifier that several databases name is asked for once.
    static func batches(
        of workloads: [Workload], size: Int, _ isMeant: (Database.Kind) -> Bool
    ) -> [(region: Region, targets: [SiteTarget])] {
        var byRegion: [Region: [String: [SiteTarget]]] = [:]
        for workload in workloads {
            for database in workload.databases where isMeant(database.kind) {
                for side in Side.allCases {
                    let site = database.site(side)
                    let target = SiteTarget(
                        question: Question(
                            workload: workload.id, database: database.id,
                            slot: side == .primary ? .primaryDatabase : .standbyDatabase),
                        side: side, identifier: site.identifier.lowercased())
                    byRegion[site.region, default: [:]][target.identifier, default: []].append(target)
                }
            }
        }
        return byRegion.sorted { $0.key < $1.key }.flatMap { region, targets in
            targets.sorted { $0.key < $1.key }.map(\.value).batches(of: size).map {
                (region, $0.flatMap { $0 })
            }
        }
    }
}

/// What one answer says about some identifiers.
struct DatabaseSighting: Sendable {
    var identifiers: [String]
    var answer: Result<[String: Reading<DatabaseState>], Unanswered>
    /// When the answer came; of several answers, the oldest.
    var at: Timestamp

    func reading(of identifier: String, in region: Region) -> Reading<DatabaseState> {
        switch answer {
        case .failure(let why): .unknown(reason: why.reason, detail: why.detail)
        case .success(let readings):
            readings[identifier]
                ?? .unknown(reason: .notFound, detail: "\(identifier) is not in \(region)")
        }
    }
}

extension ObserverContext {
    /// An errand to the RDS API of one Region; `read` gives what it says about identifiers, or nil when it
    /// was given up.
    func databaseErrand(
        _ region: Region, _ targets: [SiteTarget], _ expenses: [Expense],
        read: @escaping @Sendable ([String]) async -> [DatabaseSighting]?
    ) -> Errand {
        let source = "RDS API \(region)"
        let identifiers = Set(targets.map(\.identifier)).sorted()
        return Errand(
            source: source, vantage: region.rawValue, questions: targets.map(\.question), limit: errandLimit,
            expenses: expenses
        ) {
            guard let sightings = await read(identifiers) else { return [] }
            let byIdentifier = Dictionary(
                sightings.flatMap { sighting in sighting.identifiers.map { ($0, sighting) } },
                uniquingKeysWith: { first, _ in first })
            return targets.compactMap { target in
                guard let sighting = byIdentifier[target.identifier] else { return nil }
                return target.question.observed(
                    .database(
                        side: target.side, reading: sighting.reading(of: target.identifier, in: region)),
                    source: source, vantage: region.rawValue, at: sighting.at)
            }
        }
    }

    /// Asks about identifiers, all at once where AWS lets us; see `Piecemeal`.
    func databases<Value: Sendable>(
        _ identifiers: [String], _ region: Region,
        ask: @escaping @Sendable ([String], CallOptions, Bool) async throws(AWSError) -> Value
    ) async -> [Piece<String, Value>]? {
        await Piecemeal(
            context: self, place: .init(service: Service.rds.id, region: region.rawValue), splitsDenied: true,
            ask: ask
        ).answers(about: identifiers)
    }

    /// Nil when the call was given up by ourselves.
    func answer<Value: Sendable>(
        _ call: () async throws(AWSError) -> Value
    ) async -> Result<Value, Unanswered>? {
        do throws(AWSError) {
            return .success(try await call())
        } catch {
            return error.isCancellation ? nil : .failure(Unanswered(error))
        }
    }
}
