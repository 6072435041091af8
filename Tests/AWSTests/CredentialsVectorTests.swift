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
        let found: Credentials?
        do {
            found = try await Self.server.get().find(
                texts("env"), files: texts("files"), profile: recorded["profile"]?.string)
        } catch let error as CredentialsError {
            #expect(expected["error"] != nil, "\(error)")
            if let words = ours?["error"]?.string { #expect(error.detail.contains(words)) }
            return
        }
        #expect(expected["error"] == nil)
        #expect(found?.accessKeyID == expected.array?.first?.string)
        #expect(found?.sessionToken == expected.array?.last?.string)
    }

    @Test("command lines are split as Python splits them", arguments: try Vectors.cases("shellwords.json"))
    func words(recorded: JSONValue) throws {
        let line = try #require(recorded["line"]?.string)
        #expect(ShellWords.split(line) == recorded["words"]?.array?.compactMap(\.string))
    }
}
