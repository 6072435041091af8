import Failover

/// The applications of one database: they find it through DNS, keep what they found and the connection that
/// they have, and write.
final class Client {
    private unowned let world: World
    private let database: DatabaseID
    private let name: String
    /// Commits a second while it reaches a writer.
    private let rate: Int
    private let resolver: CachingResolver
    /// Keeps a working connection for good, as pools do; otherwise it connects anew with each new answer.
    private let isPool: Bool

    private var host: String?
    private var session: Session?

    static let pace = Duration.seconds(5)

    init(
        of database: Database, named name: String, rate: Int, resolver: CachingResolver, isPool: Bool,
        in world: World
    ) {
        self.database = database.id
        self.name = name
        self.rate = rate
        self.resolver = resolver
        self.isPool = isPool
        self.world = world
    }

    /// Two kinds that share the load: an application with a pool, and one that connects anew.
    static func both(of database: Database, in world: World) -> [Client] {
        let name = world.layout.workloads.flatMap(\.traffic).first { $0.database == database.id }?.recordName
        guard let name else { return [] }
        return [true, false].map { isPool in
            Client(
                of: database, named: name, rate: world.layout.commitsPerSecond,
                resolver: CachingResolver(server: isPool ? 1 : 3, atLeast: world.layout.dnsTTL),
                isPool: isPool, in: world)
        }
    }

    func act() {
        guard let answer = resolver.answer(for: name, from: world.estate) else { return }
        if !isPool, answer != host { session = nil }
        host = answer
        if session == nil, case .session(let opened) = world.estate.connect(to: answer) { session = opened }
        guard let session else { return }
        switch world.estate.write(session, commits: rate * Int(Self.pace.components.seconds)) {
        case .committed(let position): world.tally.add(database, session, rate * 5, position)
        case .readOnly, .broken, .silent: self.session = nil
        }
    }
}
