import Failover
import Journal
import Testing

@testable import Server

@Suite struct TokensTests {
    static let token = "drctl_a-token-of-the-tests-0123456789"

    @Test func whoPresentsATokenMayDoWhatItsLineSays() throws {
        let tokens = try Tokens(
            """
            # who is on call
            \(Tokens.line(name: "oncall", .act, token: Self.token))

            \(Tokens.line(name: "grafana", .read, token: "another-token"))
            """)
        #expect(tokens.caller(presenting: Self.token) == Caller(name: "oncall", mayAct: true))
        #expect(tokens.caller(presenting: "another-token") == Caller(name: "grafana", mayAct: false))
        for wrong in ["", "drctl_a", Self.token + " ", String(Self.token.dropLast()), "oncall"] {
            #expect(tokens.caller(presenting: wrong) == nil)
        }
        #expect(tokens.caller(presenting: String(repeating: "x", count: 10_000)) == nil)
    }

    /// The hash of OpenSSL's own command: `printf %s abc | sha256sum`.
    @Test func theHashIsSHA256() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Tokens.line(name: "a", .read, token: "abc") == "a read sha256:\(digest)")
    }

    @Test(arguments: [
        "", "# nothing\n", "oncall act \(TokensTests.token)",
        "oncall write sha256:" + String(repeating: "0", count: 64),
        "oncall act sha256:" + String(repeating: "0", count: 63),
        "on/call act sha256:" + String(repeating: "0", count: 64),
        "a act sha256:" + String(repeating: "0", count: 64) + "\na read sha256:"
            + String(repeating: "1", count: 64),
    ])
    func aFileThatIsNotOfTokensIsRefusedWithoutWhatItHolds(text: String) {
        do {
            _ = try Tokens(text)
            Issue.record("taken")
        } catch {
            #expect(!"\(error)".contains(Self.token))
        }
    }

    @Test func whoIsTakenOutOfTheFileIsOutAndASlipLocksNobodyOut() throws {
        let text = Locked(Tokens.line(name: "oncall", .act, token: Self.token))
        let time = Locked(Timestamp(milliseconds: 0))
        let notes = Locked<[String]>([])
        let file = try TokenFile(
            read: { text.withLock { $0 } }, now: { time.withLock { $0 } },
            note: { note in notes.withLock { $0.append(note) } })
        text.withLock { $0 = "oncall act sha256:slip" }
        for _ in 0..<3 {
            time.withLock { $0 = $0 + TokenFile.every }
            #expect(file.caller(presenting: Self.token)?.name == "oncall")
        }
        #expect(notes.withLock { $0.count } == 1)
        text.withLock { $0 = Tokens.line(name: "grafana", .read, token: "another-token") }
        #expect(file.caller(presenting: Self.token)?.name == "oncall", "the file is not read at each request")
        time.withLock { $0 = $0 + TokenFile.every }
        #expect(file.caller(presenting: Self.token) == nil)
        #expect(file.caller(presenting: "another-token")?.name == "grafana")
    }

    @Test(arguments: [
        ("Bearer abc", "abc", false), ("bearer abc", "abc", false), ("Basic YW5hOmE6Yg==", "a:b", true),
    ])
    func aTokenIsPresentedInTwoWays(header: String, token: String, isBasic: Bool) throws {
        let presented = try #require(AccessCheck.presented(header))
        #expect(presented.token == token)
        #expect(presented.isBasic == isBasic)
    }

    @Test(arguments: [nil, "", "Bearer", "Bearer a b", "Digest abc", "Basic %%%", "Basic YW5h"])
    func anythingElseIsNoToken(header: String?) {
        #expect(AccessCheck.presented(header) == nil)
    }

    @Test func thisHostHasFewNames() {
        for name in ["localhost", "LOCALHOST:80", "127.0.0.1:9464", "127.8.8.8", "[::1]:1"] {
            #expect(AccessCheck.isOfThisHost(name), "\(name)")
        }
        let others: [String?] = [
            "", "drctl.example.com", "127.0.0.1.example.com", "localhost.example.com:80", "::1",
        ]
        for name in others + [nil] {
            #expect(!AccessCheck.isOfThisHost(name), "\(name ?? "nil")")
        }
    }
}
