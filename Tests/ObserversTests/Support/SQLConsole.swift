import CPostgres
import Testing

/// A superuser's own session, which waits for its answers.
final class SQLConsole {
    private let connection: OpaquePointer

    init(_ server: LocalPostgres) throws {
        connection = try #require(
            PQconnectdb("host=\(server.directory) port=\(server.port) user=postgres dbname=postgres"))
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        try #require(
            PQstatus(connection) == CONNECTION_OK, "\(String(cString: PQerrorMessage(connection)))")
    }

    deinit { PQfinish(connection) }

    /// The first column of the first row, if there is one.
    @discardableResult
    func run(_ text: String) throws -> String? {
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        try #require(
            status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK,
            "\(text): \(String(cString: PQerrorMessage(connection)))")
        guard PQntuples(result) > 0, PQgetisnull(result, 0, 0) == 0 else { return nil }
        return String(cString: PQgetvalue(result, 0, 0))
    }
}
