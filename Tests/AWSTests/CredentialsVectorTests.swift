import Testing

@testable import AWS

@Suite("Credentials are what botocore finds")
struct CredentialsVectorTests {
    private static let server = Result { try IssuerServer() }

    @Test(
        "the same key, the same token, or an error where botocore has one; with real issuers over HTTP",
        arguments: try Vectors.cases("credentials.json"))
    func sameCredentials(recorded: JSONValue) async throws {
        func texts(_ name: String) -> [String: String] {
            let members = recorded[name]?.members ?? []
            return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value.string ?? "") })
        }
        // Where this room means to differ, the case says so.
        let ours = recorded["ours"].flatMap { $0 == .null ? nil : $0 }
        let expected = try #require(ours ?? recorded["botocore"])
        let found = await Result {
            try await Self.server.get().find(
                texts("env"), files: texts("files"), profile: recorded["profile"]?.string)
        }
        if expected["error"] != nil {
            let error = #expect(throws: CredentialsError.self) { try found.get() }
            if let words = ours?["error"]?.string { #expect(error?.detail.contains(words) == true) }
        } else {
            #expect(try found.get()?.accessKeyID == expected.array?.first?.string)
            #expect(try found.get()?.sessionToken == expected.array?.last?.string)
        }
    }

    @Test("command lines are split as Python splits them", arguments: try Vectors.cases("shellwords.json"))
    func words(recorded: JSONValue) throws {
        let line = try #require(recorded["line"]?.string)
        #expect(ShellWords.split(line) == recorded["words"]?.array?.compactMap(\.string))
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
