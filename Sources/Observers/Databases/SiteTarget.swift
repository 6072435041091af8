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

extension ObserverContext {
    /// An errand to the RDS API of one Region; `read` gives a reading for each identifier that exists.
    func databaseErrand(
        _ region: Region, _ targets: [SiteTarget],
        read: @escaping @Sendable ([String]) async throws(AWSError) -> [String: Reading<DatabaseState>]
    ) -> Errand {
        let source = "RDS API \(region)"
        let identifiers = Set(targets.map(\.identifier)).sorted()
        return Errand(
            source: source, vantage: region.rawValue, questions: targets.map(\.question), limit: errandLimit
        ) {
            let asked = await answer { () async throws(AWSError) in try await read(identifiers) }
            guard let asked else { return [] }
            let at = now()
            return targets.map { target in
                let reading: Reading<DatabaseState> =
                    switch asked {
                    case .failure(let why): .unknown(reason: why.reason, detail: why.detail)
                    case .success(let readings):
                        readings[target.identifier]
                            ?? .unknown(reason: .notFound, detail: "\(target.identifier) is not in \(region)")
                    }
                return target.question.observed(
                    .database(side: target.side, reading: reading), source: source, vantage: region.rawValue,
                    at: at)
            }
        }
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
