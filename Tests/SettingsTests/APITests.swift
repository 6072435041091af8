import Failover
import Testing

@testable import Settings

@Suite("The api section") struct APITests {
    private static func problems(_ lines: String...) -> [String] {
        Sample.problems(Sample.text + "api:\n" + lines.map { "  \($0)\n" }.joined())
    }

    private static let pair = ["certificate_file: api-cert", "key_file: /etc/drctl/key.pem"]

    @Test("is on a loopback address, and need not be there")
    func least() throws {
        #expect(try Configuration.parse(Sample.text, file: "config.yaml").api == nil)
        let text = Sample.text + "api:\n  listen: 127.0.0.1:9000\n"
        let api = try #require(try Configuration.parse(text, file: "config.yaml").api)
        #expect(api == APISettings(listen: Endpoint(host: "127.0.0.1", port: 9000)))
    }

    @Test(
        "is where others can reach it only with TLS and tokens",
        arguments: ["0.0.0.0:443", "10.0.0.1:80", "[::]:80", "[2001:db8::1]:443"])
    func elsewhere(address: String) {
        let listen = "listen: \"\(address)\""
        #expect(Self.problems(listen, Self.pair[0], Self.pair[1], "tokens_file: api-tokens") == [])
        let missing: [([String], String)] = [
            ([], "needs TLS (certificate_file and key_file) and authentication (tokens_file)"),
            (["tokens_file: api-tokens"], "needs TLS (certificate_file and key_file); or"),
            (Self.pair, "needs authentication (tokens_file); or write 127.0.0.1"),
        ]
        for (lines, part) in missing {
            let problems = Sample.problems(
                Sample.text + "api:\n" + ([listen] + lines).map { "  \($0)\n" }.joined())
            #expect(problems.count == 1)
            #expect(problems.first?.contains("api.listen: is") == true)
            #expect(problems.first?.contains(part) == true, "\(problems)")
        }
    }

    @Test("needs an address and no name, and a certificate with its key")
    func wrong() {
        for name in ["localhost:80", "drctl.example.com:443", "127.0.0.1"] {
            #expect(Self.problems("listen: \(name)").count == 1, "\(name)")
        }
        #expect(Self.problems(Self.pair[0]).contains { $0.contains("api.key_file: is missing") })
        #expect(Self.problems(Self.pair[1]).contains { $0.contains("api.certificate_file: is missing") })
        #expect(Self.problems("tokens_file: ../x").count == 1)
        #expect(Self.problems("port: 80").contains { $0.contains("api.port: is not a known key") })
    }
}
