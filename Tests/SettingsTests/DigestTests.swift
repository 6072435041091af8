import Testing

@testable import Settings

@Suite("The digest")
struct DigestTests {
    private func digest(_ text: String) throws -> String {
        try Configuration.parse(text, file: "config.yaml").digest
    }

    @Test("does not change with comments, layout, quotes and aliases")
    func ignoresForm() throws {
        let plain = try digest(Sample.text)
        #expect(try digest("# a comment\n\n" + Sample.text) == plain)
        #expect(try digest(Sample.text.replacing("\n", with: "\r\n")) == plain)
        #expect(try digest(Sample.edited("mode: approval", "mode: 'approval'")) == plain)
        #expect(
            try digest(
                Sample.edited("region: eu-west-1 | region: eu-west-1", "region: &r eu-west-1 | region: *r"))
                == plain)
    }

    @Test("changes with any value")
    func seesContent() throws {
        let edits = [
            ("quorum: 3", "quorum: 2"), ("mode: approval", "mode: observe"), ("  shop:", "  shops:"),
        ]
        let digests = try edits.map { try digest(Sample.edited($0.0, $0.1)) }
        #expect(Set(digests + [try digest(Sample.text)]).count == 4)
        #expect(digests.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil })
    }
}
