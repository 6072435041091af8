import Failover
import Testing

@testable import Settings

@Suite("The sql section")
struct SQLTests {
    /// The sample with `sql: { keys }`.
    private func sample(_ keys: String, endpoints: Bool = false) throws -> String {
        let text = try Sample.edited("        fencing:", "        sql: { \(keys) }\\n        fencing:")
        guard endpoints else { return text }
        return text.replacing("shop.db.example.com:5432", with: "127.0.0.1:5432")
            .replacing("replica.db.example.com:5432", with: "localhost:5433")
    }

    private func access(_ keys: String, endpoints: Bool = false) throws -> SQLAccess? {
        let text = try sample(keys, endpoints: endpoints)
        return try Configuration.parse(text, file: "config.yaml").workloads[0].databases[0].sql
    }

    @Test("is left out, and nothing is asked in SQL")
    func absent() throws {
        #expect(try Configuration.parse(Sample.text, file: "-").workloads[0].databases[0].sql == nil)
    }

    @Test("verifies the server and writes, unless told otherwise")
    func defaults() throws {
        let expected = SQLAccess(
            database: "postgres", user: "drctl_probe", passwordFile: "/etc/drctl/p",
            tls: .verifyFull(caBundle: "/etc/drctl/ca.pem"), canary: true)
        let keys = "database: postgres, user: drctl_probe, password_file: /etc/drctl/p"
        #expect(try access("\(keys), ca_bundle: /etc/drctl/ca.pem") == expected)
        #expect(try access("\(keys), tls: require, canary: false")?.tls == .require)
        #expect(try access("\(keys), tls: require, canary: false")?.canary == false)
        #expect(try access("\(keys), tls: disable", endpoints: true)?.tls == .disable)
    }

    @Test(
        "has one problem for each slip",
        arguments: [
            (
                "user: u, password_file: /p, tls: require",
                "13:9: workloads.shop.databases.main.sql.database: is missing; the PostgreSQL database to "
                    + "connect to, such as postgres"
            ),
            (
                "database: d, password_file: /p, tls: require",
                "13:9: workloads.shop.databases.main.sql.user: is missing; the PostgreSQL role to connect "
                    + "as, such as drctl_probe"
            ),
            (
                "database: d, user: u, password_file: /p, tls: require, password: hunter2",
                "13:71: workloads.shop.databases.main.sql.password: is not a known key; known here: "
                    + "ca_bundle, canary, database, password_file, tls, user"
            ),
            (
                "database: d, user: u, password_file: etc/p, tls: require",
                "13:53: workloads.shop.databases.main.sql.password_file: is \"etc/p\"; write a file's "
                    + "absolute path"
            ),
            (
                "database: d, user: u, password_file: /p",
                "13:9: workloads.shop.databases.main.sql.ca_bundle: is missing; the absolute path of a PEM "
                    + "file with RDS's certificate authorities (truststore.pki.rds.amazonaws.com), or choose "
                    + "tls: require, which trusts whoever answers"
            ),
            (
                "database: d, user: u, password_file: /p, tls: require, ca_bundle: /c",
                "13:71: workloads.shop.databases.main.sql.ca_bundle: has no meaning with tls require; remove it"
            ),
            (
                "database: d, user: u, password_file: /p, tls: disable",
                "13:62: workloads.shop.databases.main.sql.tls: is disable, which is for servers on this host "
                    + "alone, and shop.db.example.com is not; use verify-full"
            ),
            (
                "database: d, user: u, password_file: /p, tls: verify-ca",
                "13:62: workloads.shop.databases.main.sql.tls: is \"verify-ca\"; use verify-full, require or "
                    + "disable"
            ),
            (
                "database: \"d b\", user: u, password_file: /p, tls: require",
                "13:26: workloads.shop.databases.main.sql.database: is \"d b\"; use 1 to 63 of letters, digits "
                    + "and _ $ . -, a letter first"
            ),
        ])
    func slips(keys: String, problem: String) throws {
        #expect(Sample.problems(try sample(keys)) == [problem])
    }
}
