import CPostgres
import Failover
import Glibc

/// One session of libpq's, from the connection to the last answer, never blocking. It owns its connection.
struct SQLSession: Conversation, ~Copyable {
    /// A session costs milliseconds of this one thread for keys and certificates: with more at once healthy
    /// servers would run into their limit.
    static let maxRunning = 64

    static var cancelled: SQLOutcome { .cancelled }
    static func couldNotTry(_ detail: String) -> SQLOutcome { .couldNotTry(detail) }

    private let connection: OpaquePointer
    private let startedAt: Duration
    private var stage = SQLStage.connecting
    private var wanted = POLLOUT
    private var statements: ArraySlice<SQLStatement>
    private var reply: SQLReply?

    init?(_ order: SQLOrder, now: Duration, outcome: inout SQLOutcome?) {
        guard let connection = Self.start(order.parameters) else {
            outcome = .couldNotTry("no memory for a connection")
            return nil
        }
        // The SQLSTATE of a refused connection is in its words alone.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        guard PQstatus(connection) != CONNECTION_BAD else {
            outcome = SQLFault.of(connection, at: .connecting)
            // A failed initializer runs no deinit.
            PQfinish(connection)
            return nil
        }
        self.connection = connection
        startedAt = now
        statements = order.statements[...]
    }

    deinit { PQfinish(connection) }

    var descriptor: CInt { PQsocket(connection) }
    var events: Int16 { Int16(wanted) }

    mutating func advance(now: Duration) -> SQLOutcome? {
        if stage == .connecting {
            switch PQconnectPoll(connection) {
            case PGRES_POLLING_READING: wanted = POLLIN
            case PGRES_POLLING_WRITING: wanted = POLLOUT
            case PGRES_POLLING_OK:
                guard PQsetnonblocking(connection, 1) == 0 else {
                    return SQLFault.of(connection, at: stage)
                }
                return sendNext(now)
            default: return SQLFault.of(connection, at: stage)
            }
            return nil
        }
        guard flush(), PQconsumeInput(connection) == 1 else { return SQLFault.of(connection, at: stage) }
        // Not before the last result is in: a write's commit comes after its row.
        while PQisBusy(connection) == 0 {
            guard let result = PQgetResult(connection) else { return sendNext(now) }
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_TUPLES_OK else {
                return SQLFault.of(result, connection, at: stage)
            }
            reply = SQLReply(result, took: now - startedAt)
        }
        return nil
    }

    func overdue(_ limit: Duration) -> SQLOutcome { .overdue(limit, at: stage) }

    /// The outcome when there is nothing more to ask, or no point in it.
    private mutating func sendNext(_ now: Duration) -> SQLOutcome? {
        if let reply, statements.isEmpty || reply.inRecovery { return .answered(reply) }
        guard let statement = statements.popFirst() else {
            return .broken("the server answered without a row", at: stage)
        }
        stage = statement.writes ? .writing : .reading
        reply = nil
        let sent: CInt
        if let parameter = statement.parameter {
            sent = parameter.withCString { parameter in
                var values: [UnsafePointer<CChar>?] = [parameter]
                return PQsendQueryParams(connection, statement.text, 1, nil, &values, nil, nil, 0)
            }
        } else {
            sent = PQsendQueryParams(connection, statement.text, 0, nil, nil, nil, nil, 0)
        }
        guard sent == 1, flush() else { return SQLFault.of(connection, at: stage) }
        return nil
    }

    /// False when the connection is gone.
    private mutating func flush() -> Bool {
        let left = PQflush(connection)
        wanted = left == 1 ? POLLIN | POLLOUT : POLLIN
        return left >= 0
    }

    private static func start(_ parameters: [(name: String, value: String)]) -> OpaquePointer? {
        let names = parameters.map { strdup($0.name) }
        let values = parameters.map { strdup($0.value) }
        defer { for text in names + values { free(text) } }
        let keywords = names.map { UnsafePointer<CChar>($0) } + [nil]
        return PQconnectStartParams(keywords, values.map { UnsafePointer<CChar>($0) } + [nil], 0)
    }
}

extension SQLReply {
    /// Nil when the row is not what was asked for.
    fileprivate init?(_ result: OpaquePointer, took: Duration) {
        guard PQntuples(result) == 1, PQnfields(result) == 4 else { return nil }
        func text(_ column: CInt) -> String? {
            guard PQgetisnull(result, 0, column) == 0 else { return nil }
            return PQgetvalue(result, 0, column).map { String(cString: $0) }
        }
        inRecovery = text(0) == "t"
        position = text(1)
        heartbeatAt = text(2).flatMap(Double.init).flatMap {
            Int64(exactly: ($0 * 1000).rounded()).map(Timestamp.init(milliseconds:))
        }
        server = text(3)
        self.took = took
    }
}
